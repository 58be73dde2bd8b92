import {
  type Instant,
  hour,
  localDateOf,
  type LocalDate,
  localTimeOf,
  minute,
  startOfLocalDay,
  stopwatch,
} from '#kernel'
import { doWish } from './do-wish.ts'
import { honestStories, pickStory } from './honest-stories.ts'
import { losses } from './losses.ts'
import { poisson, purchaseOf, wishesOfDay } from './plan-day.ts'
import { isCast } from './party.ts'
import { thefts } from './stopped-thefts.ts'
import type { Wish } from './wish.ts'
import { createWorldClock } from './world-clock.ts'
import { carefully, playCarefully, sceneOf, type World } from './world-state.ts'

export interface LiveOptions {
  readonly signal: AbortSignal
  /** Resolves after so many real milliseconds. */
  readonly sleep: (ms: number) => Promise<void>
  /** First day of the history; days are planned from it. */
  readonly from: LocalDate
  /** Simulated per real second; default 60: an hour in a minute. */
  readonly rate?: number
}

/** Wishes to buy in one real second, by hour of the simulated day; a third is thought better of. */
const pace = [
  0.8, 0.5, 0.3, 0.3, 0.4, 1, 2.6, 4.8, 5.4, 4.6, 5, 7.5, 10, 9, 5.6, 5.2, 5.6, 7.4, 9, 8.4, 7, 5,
  3.2, 1.8,
]
/** More at once would only queue: the rest of a burst is left out. */
const mostInFlight = 60
/** When the clock has leapt (a visitor moved it, a night without power), older wishes are gone. */
const memoryMs = 90 * minute
/** Between two unusual events, in simulated time. */
const betweenStories = { from: 55, to: 150 } as const
const tickMs = 1_000

interface Running {
  readonly world: World
  readonly options: LiveOptions
  readonly inFlight: Set<Promise<void>>
  /** Until when everything has been done. */
  doneUntil: Instant
  nextStory: Instant
  plan: { date: LocalDate; wishes: readonly Wish[] } | null
}

/**
 * The city lives on beside the visitors, at `rate` simulated seconds per real second, until it is
 * told to stop; then simulated time stands still, so that a later start goes on from here.
 */
export async function live(world: World, options: LiveOptions): Promise<void> {
  const { context, flows } = world.parts
  const { signal, sleep, rate = 60 } = options
  const stopped = new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
  await world.staff.employ()
  await flows.advanceClock({ rate })
  const now = context.now()
  const inFlight = new Set<Promise<void>>()
  const nextStory = now + 12 * minute
  const running: Running = { world, options, inFlight, doneUntil: now, nextStory, plan: null }
  for (let tick = 0; !signal.aborted; tick += 1) {
    const elapsed = stopwatch()
    await carefully(world, 'a tick', () => doTick(running, tick))
    await Promise.race([stopped, sleep(Math.max(50, tickMs - elapsed()))])
  }
  await Promise.allSettled(inFlight)
  await carefully(world, 'stopping the clock', () => createWorldClock(world.parts).stop())
}

async function doTick(running: Running, tick: number): Promise<void> {
  const { world } = running
  const now = world.parts.context.now()
  const since = Math.max(running.doneUntil, now - memoryMs)
  for (const work of world.agenda.takeDue(now)) start(running, 'agenda', work)
  const wishes = [...plannedWishes(running, since, now), ...purchases(running, now)]
  for (const wish of wishes.slice(0, Math.max(0, mostInFlight - running.inFlight.size))) {
    start(running, wish.deed.kind, () => doWish(world, wish))
  }
  if (now >= running.nextStory) {
    const { from, to } = betweenStories
    running.nextStory = now + world.random.between(from, to) * minute
    startStory(running)
  }
  running.doneUntil = now
  // The staff looks up every ten seconds; a visitor who decides first has decided.
  if (tick % 10 === 5) await staffLooks(running, now)
}

/** Does something without waiting for it. */
function start(running: Running, what: string, work: () => Promise<void>): void {
  const { inFlight, world, options } = running
  if (options.signal.aborted) return
  const done = carefully(world, what, work).finally(() => inFlight.delete(done))
  inFlight.add(done)
}

/** What the plan of the day has for this while; a new day is planned when it begins. */
function plannedWishes(running: Running, since: Instant, now: Instant): Wish[] {
  const { world, options } = running
  const date = localDateOf(now)
  if (running.plan?.date !== date) {
    const wishes = wishesOfDay(world.city, { date, from: options.from })
    running.plan = { date, wishes }
  }
  const midnight = startOfLocalDay(date)
  // Purchases come by the second instead: a visitor sees a city, not a timetable.
  return running.plan.wishes.filter(({ at, deed, who }) => {
    const due = midnight + at > since && midnight + at <= now
    const purchase = deed.kind === 'pay' && world.city.parties[deed.payee]?.role === 'shop'
    return due && !purchase && world.lives.get(who)?.busy === false
  })
}

function purchases({ world }: Running, now: Instant): Wish[] {
  const { random, city, lives } = world
  const mean = pace[Math.floor(localTimeOf(now) / hour)] ?? 1
  const wishes: Wish[] = []
  if (random.next() < 0.1) wishes.push(signInOf(random.pick(city.people).key))
  for (let count = poisson(mean, random); count > 0; count -= 1) {
    const person = random.pick(city.people)
    const { habits } = person
    if (habits === null || habits.dormant || lives.get(person.key)?.busy === true) continue
    if (isCast(person.key) && random.next() < 0.8) continue
    const wish = purchaseOf(person, habits, { city, random })
    // So many purchases must be small ones, or nobody's salary lasts to the end of the month.
    if (wish.deed.kind === 'pay' && wish.deed.amount > 60_00n && random.next() < 0.8) continue
    wishes.push(wish)
  }
  return wishes
}

function signInOf(who: number): Wish {
  return { at: 0, who, deed: { kind: 'sign_in' } }
}

function startStory(running: Running): void {
  const { world, options } = running
  const { random, agenda, parts } = world
  const { now } = parts.context
  const drawn = random.next()
  const kind = drawn < 0.52 ? honestStories : drawn < 0.93 ? thefts : losses
  const story = pickStory(kind, world)
  // The ticks carry everybody who waits; whoever still waits at the end is left waiting.
  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      agenda.add(now() + ms, async () => resolve())
    })
  if (options.signal.aborted) return
  void playCarefully(world, story, sceneOf(world, wait))
}

async function staffLooks({ world }: Running, now: Instant): Promise<void> {
  const { staff, parts } = world
  // Visitors first: the desk helps only with what is old, and where there is too much of it.
  const decided = await staff.relieve({ mostOpen: 12, openedBefore: now - 2 * hour })
  if (decided > 0) parts.context.log.info({ decided }, 'the demo desk has decided reviews')
  await staff.judgeClaims(3 * hour)
  await staff.unfreezeWhole()
}
