import {
  addDays,
  createSeededRandom,
  hour,
  type Instant,
  localInstant,
  type LocalDate,
  minute,
  type Random,
  second,
  startOfLocalDay,
} from '#kernel'
import { beginBusiness } from './begin-business.ts'
import { doWish } from './do-wish.ts'
import { heldHonestStories, honestStories, pickStory } from './honest-stories.ts'
import { losses, robTheCast } from './losses.ts'
import { cast, type Party } from './party.ts'
import { wishesOfDay } from './plan-day.ts'
import type { Scene, Story } from './scene.ts'
import { heldThefts, thefts } from './stopped-thefts.ts'
import { touchedBy, type Wish } from './wish.ts'
import { createWorldClock, type WorldClock } from './world-clock.ts'
import { carefully, playCarefully, sceneOf, type World } from './world-state.ts'

export interface HistoryOptions {
  /** First day. */
  readonly from: LocalDate
  /** Whole days; the morning of the next one is lived as well. */
  readonly days: number
  /** Stops between two moments of a day; what was lived stays. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: { day: number; of: number; date: LocalDate }) => void
}

/** When the city is at it, in minutes since midnight: the more at once, the faster it is made. */
const busyTimes: readonly number[] = [12 * 60 + 35, 18 * 60 + 30, 21 * 60 + 50]
/** Moments of a day at which something unusual may happen; the busy ones are among them. */
const moments: readonly number[] = [
  10 * 60 + 20,
  ...busyTimes,
  16 * 60 + 15,
  20 * 60 + 10,
].toSorted((a, b) => a - b)
/** The history ends on the morning after its last day, with the day still to come. */
const lastMorning: readonly number[] = [7 * 60 + 30, 8 * 60 + 40, 10 * 60 + 10]

interface Day {
  readonly nth: number
  readonly date: LocalDate
  readonly random: Random
  readonly last: boolean
  readonly stopped: () => boolean
}

/**
 * Days of a city's life through the product's own use cases, as fast as the machine can. Whoever
 * is touched twice is served in order, so one seed gives one history.
 */
export async function makeHistory(world: World, options: HistoryOptions): Promise<void> {
  const { from, days, onProgress, signal } = options
  const clock = createWorldClock(world.parts)
  await world.staff.employ()
  await moveIn(world, clock)
  await clock.skipTo(localInstant(from, '06:30'))
  await beginBusiness(world.parts, `${from.slice(0, 7)}-01`)
  const scene = sceneOf(world, (ms) => clock.to(clock.now() + ms))
  for (let nth = 0; nth <= days && signal?.aborted !== true; nth += 1) {
    const date = addDays(from, nth)
    const random = createSeededRandom(world.city.seed * 31 + nth * 104_729 + 7)
    const stopped = () => signal?.aborted === true
    const day: Day = { nth, date, random, last: nth === days, stopped }
    await liveDay(world, { clock, scene, from }, day)
    onProgress?.({ day: nth, of: days, date })
  }
  world.parts.context.log.info({ refused: Object.fromEntries(world.tally) }, 'the city has lived')
}

/** Everybody joins on his day, all of one day at once. */
async function moveIn(world: World, clock: WorldClock): Promise<void> {
  const byDay = new Map<LocalDate, Party[]>()
  for (const party of world.city.parties) {
    const joining = byDay.get(party.joins)
    if (joining === undefined) byDay.set(party.joins, [party])
    else joining.push(party)
  }
  for (const date of [...byDay.keys()].toSorted()) {
    await clock.skipTo(Math.max(clock.now(), localInstant(date, '10:00')))
    await Promise.all(
      (byDay.get(date) ?? []).map(async (party) => {
        const life = await world.hands.join(party)
        if (life !== null) world.lives.set(party.key, life)
      }),
    )
  }
}

interface Stage {
  readonly clock: WorldClock
  readonly scene: Scene
  readonly from: LocalDate
}

async function liveDay(world: World, stage: Stage, day: Day): Promise<void> {
  const { clock, from, scene } = stage
  const midnight = startOfLocalDay(day.date)
  const wishes = wishesOfDay(world.city, { date: day.date, from })
  const planned = storiesOf(day)
  travel(world, day.date)
  let done = 0
  for (const moment of day.last ? lastMorning : moments) {
    const stories = planned.filter(({ at }) => at === moment)
    const busy = day.last || busyTimes.includes(moment)
    const time = moment * minute + day.random.between(-9 * 60, 9 * 60) * second
    if (day.stopped()) return
    if (!busy && stories.length === 0) continue
    if (busy) await clock.toSlot(midnight + time)
    else await clock.to(midnight + time)
    await doDue(world, clock.now())
    if (busy) {
      await work(world, { day, at: midnight + time })
      const upTo = moment === busyTimes.at(-1) ? wishes.length : countUntil(wishes, time)
      await doWishes(world, wishes.slice(done, upTo))
      done = upTo
    }
    for (const { story } of stories) await playCarefully(world, story, scene)
    if (day.last && moment === lastMorning[1]) await robVictim(world, scene)
    if (stories.length > 0) await doSoon(world, clock)
  }
  if (day.last) await lastSavings(world)
  if (!day.last) await lateEvening(world, clock, midnight)
}

function countUntil(wishes: readonly Wish[], time: number): number {
  const first = wishes.findIndex(({ at }) => at > time)
  return first < 0 ? wishes.length : first
}

/** Nobody shops at night, but mules do not sleep: what was agreed for the night happens. */
async function lateEvening(world: World, clock: WorldClock, midnight: Instant): Promise<void> {
  await clock.to(midnight + 23 * hour + 20 * minute)
  await doDue(world, clock.now())
}

/**
 * All at once, except that whoever is touched twice is served in order: a wish waits for those
 * before it that touch the same person's money. So the outcome follows from the plan, however the
 * requests race.
 */
async function doWishes(world: World, wishes: readonly Wish[]): Promise<void> {
  const { city } = world
  const isPerson = (key: number) => city.parties[key]?.kind === 'person'
  const lastOf = new Map<number, Promise<unknown>>()
  await Promise.all(
    wishes.map((wish) => {
      const { needs, touches } = touchedBy(wish, isPerson)
      const before = Promise.all(needs.flatMap((key) => lastOf.get(key) ?? []))
      const done = before.then(() => carefully(world, wish.deed.kind, () => doWish(world, wish)))
      for (const key of touches) lastOf.set(key, done)
      return done
    }),
  )
}

async function doDue(world: World, now: Instant): Promise<void> {
  for (const work of world.agenda.takeDue(now)) await carefully(world, 'agenda', work)
}

/** What follows within the hour happens at its own moment: mules are quick. */
async function doSoon(world: World, clock: WorldClock): Promise<void> {
  const until = clock.now() + 50 * minute
  for (let next = world.agenda.nextAt(); next !== null && next <= until;) {
    await clock.to(next)
    await doDue(world, clock.now())
    next = world.agenda.nextAt()
  }
}

/** Analysts work by day; the queue of the last evening and morning is left to the visitors. */
async function work({ staff }: World, { day, at }: { day: Day; at: Instant }): Promise<void> {
  const time = at - startOfLocalDay(day.date)
  if (time > 20 * hour) return
  if (!day.last) await staff.decideReviews(at - 45 * minute)
  if (await staff.judgeClaims(day.last ? 90 * minute : 3 * hour)) await staff.unfreezeWhole()
}

/** Some have just put money into the fund: it is on its way when the demo begins. */
async function lastSavings(world: World): Promise<void> {
  const savers = world.city.people.filter(({ habits }) => (habits?.savesPercent ?? 0) > 80)
  const saver = world.city.parties[cast.saver]
  for (const { key } of saver === undefined ? savers : [saver, ...savers.slice(0, 5)]) {
    const life = world.lives.get(key)
    if (life === undefined || life.busy) continue
    await carefully(world, 'savings', async () => {
      await world.hands.topUp(life, 6_000_00n)
      await world.hands.save(life, 5_000_00n)
    })
  }
}

/** Which people are away from home, so that their phones ask from elsewhere. */
function travel(world: World, date: LocalDate): void {
  for (const life of world.lives.values()) {
    const trip = life.party.habits?.trip
    const away = trip && trip.from <= date && date < addDays(trip.from, trip.days)
    life.network = away ? trip.network : life.party.network
  }
}

interface Planned {
  /** One of `moments`, or of the last morning's. */
  readonly at: number
  readonly story: Story
}

/** Unusual events of a day. Losses come on fixed days: claims need weeks to be seen through. */
function storiesOf({ nth, random, last }: Day): Planned[] {
  if (last) return lastMorningStories()
  if (nth < 2) return []
  const planned: Planned[] = []
  const anyTime = () => random.pick(moments)
  for (let count = random.between(1, 2); count > 0; count -= 1) {
    planned.push({ at: anyTime(), story: pickStory(honestStories, { random }) })
  }
  if (random.next() < 0.85) planned.push({ at: anyTime(), story: pickStory(thefts, { random }) })
  const loss = losses[lossDays.indexOf(nth) % losses.length]
  if (loss !== undefined) planned.push({ at: busyTimes[nth % 2] ?? 0, story: loss })
  return planned
}

/** What analysts find in the queue when the demo begins. */
function lastMorningStories(): Planned[] {
  const [early = 0, later = 0, latest = 0] = lastMorning
  const held = [
    ...heldThefts.map((story, nth) => ({ at: nth === 0 ? early : later, story })),
    ...heldHonestStories.map((story) => ({ at: later, story })),
  ]
  return [...held, { at: latest, story: heldHonestStories[1] }].flatMap(({ at, story }) =>
    story === undefined ? [] : [{ at, story }],
  )
}

/** Counted from the first day; the last one is reported, but not yet paid when the demo begins. */
const lossDays: readonly number[] = [6, 11, 16, 21, 27, 29]

async function robVictim(world: World, scene: Scene): Promise<void> {
  const victim = world.lives.get(cast.victim)
  if (victim === undefined) return
  await carefully(world, 'the visitors’ victim', async () => {
    await robTheCast(scene, victim)
  })
}
