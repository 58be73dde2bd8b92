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
import { type Wish, wavesOf } from './wish.ts'
import { createWorldClock, type WorldClock } from './world-clock.ts'
import { carefully, playCarefully, sceneOf, type World } from './world-state.ts'

export interface HistoryOptions {
  /** First day. */
  readonly from: LocalDate
  /** Whole days; the morning of the next one is lived as well. */
  readonly days: number
  readonly onProgress?: (progress: { day: number; of: number; date: LocalDate }) => void
}

/** When the people of the city are at it, in minutes since midnight; never at a fund event. */
const slots = [7 * 60 + 40, 9 * 60 + 45, 12 * 60 + 25, 14 * 60 + 20, 18 * 60 + 30, 21 * 60 + 40]
/** The history ends on the morning after its last day, with the day still to come. */
const lastMorning = [7 * 60 + 30, 8 * 60 + 40, 10 * 60 + 10]

interface Day {
  readonly nth: number
  readonly date: LocalDate
  readonly random: Random
  readonly last: boolean
}

/**
 * Days of a city's life through the product's own use cases, as fast as the machine can. Wishes are
 * done in waves that touch nobody twice, so one seed gives one history.
 */
export async function makeHistory(world: World, options: HistoryOptions): Promise<void> {
  const { from, days, onProgress } = options
  const clock = createWorldClock(world.parts)
  await world.staff.employ()
  await moveIn(world, clock)
  await clock.skipTo(localInstant(from, '06:30'))
  await beginBusiness(world.parts, `${from.slice(0, 7)}-01`)
  const scene = sceneOf(world, (ms) => clock.to(clock.now() + ms))
  for (let nth = 0; nth <= days; nth += 1) {
    const date = addDays(from, nth)
    const random = createSeededRandom(world.city.seed * 31 + nth * 104_729 + 7)
    const day: Day = { nth, date, random, last: nth === days }
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
  const { clock, from } = stage
  const midnight = startOfLocalDay(day.date)
  const wishes = wishesOfDay(world.city, { date: day.date, from })
  const planned = storiesOf(day)
  travel(world, day.date)
  let done = 0
  for (const [nth, slot] of (day.last ? lastMorning : slots).entries()) {
    const time = slot * minute + day.random.between(-9 * 60, 9 * 60) * second
    await clock.toSlot(midnight + time)
    await doDue(world, clock.now())
    await work(world, { day, at: midnight + time })
    let upTo = done
    while (upTo < wishes.length && (wishes[upTo]?.at ?? 0) <= time) upTo += 1
    const last = !day.last && nth === slots.length - 1
    await doWishes(world, clock, wishes.slice(done, last ? wishes.length : upTo))
    done = upTo
    for (const { slot: when, story } of planned) {
      if (when === nth) await playCarefully(world, story, stage.scene)
    }
    if (day.last && nth === 1) await robVictim(world, stage.scene)
  }
  if (!day.last) await lateEvening(world, clock, midnight)
}

/** Nobody shops at night, but mules do not sleep: what was agreed for the night happens. */
async function lateEvening(world: World, clock: WorldClock, midnight: Instant): Promise<void> {
  await clock.to(midnight + 23 * hour + 20 * minute)
  await doDue(world, clock.now())
}

async function doWishes(world: World, clock: WorldClock, wishes: readonly Wish[]): Promise<void> {
  const { city } = world
  const isPerson = (key: number) => city.parties[key]?.kind === 'person'
  for (const wave of wavesOf(wishes, isPerson)) {
    await Promise.all(
      wave.map((wish) => carefully(world, wish.deed.kind, () => doWish(world, wish))),
    )
    await clock.to(clock.now() + 50 * second)
  }
}

async function doDue(world: World, now: Instant): Promise<void> {
  for (const work of world.agenda.takeDue(now)) await carefully(world, 'agenda', work)
}

/** Analysts from nine to six; the claims desk twice a day. The last evening is left to visitors. */
async function work({ staff }: World, { day, at }: { day: Day; at: Instant }): Promise<void> {
  const time = at - startOfLocalDay(day.date)
  if (time < 9 * hour || time > 19 * hour || day.last) return
  await staff.decideReviews(at - 45 * minute)
  if (await staff.judgeClaims(3 * hour)) await staff.unfreezeWhole()
}

/** Which people are away from home, so that their phones ask from elsewhere. */
function travel(world: World, date: LocalDate): void {
  for (const life of world.lives.values()) {
    const trip = life.party.habits?.trip
    const away = trip && trip.from <= date && date < addDays(trip.from, trip.days)
    life.network = away ? trip.network : life.party.network
  }
}

/** Unusual events by slot. Losses come on fixed days: claims need weeks to be seen through. */
function storiesOf({ nth, random, last }: Day): { slot: number; story: Story }[] {
  const planned: { slot: number; story: Story }[] = []
  const add = (slot: number, story: Story | undefined) => story && planned.push({ slot, story })
  if (last) {
    add(0, heldThefts[0])
    for (const story of heldHonestStories.slice(0, 2)) add(1, story)
    add(1, heldThefts[1])
    add(2, heldHonestStories[1])
    return planned
  }
  if (nth < 2) return planned
  for (let count = random.between(1, 2); count > 0; count -= 1) {
    add(random.between(0, slots.length - 1), pickStory(honestStories, { random }))
  }
  if (random.next() < 0.85) {
    add(random.between(0, slots.length - 1), pickStory(thefts, { random }))
  }
  const loss = lossDays.indexOf(nth)
  if (loss >= 0) add(loss % 2 === 0 ? 4 : 1, losses[loss % losses.length])
  return planned
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
