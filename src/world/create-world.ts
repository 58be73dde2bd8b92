import { customerIdByPhone } from '#identity'
import { createSeededRandom, type Instant, localInstant, type LocalDate } from '#kernel'
import { demoSignIns, type DemoSignIns } from './demo-sign-ins.ts'
import { findLives } from './find-lives.ts'
import { live } from './live.ts'
import { makeHistory, type HistoryOptions } from './make-history.ts'
import type { WorldParts } from './parts.ts'
import { type CitySize, demoSize, firstDayOf, planCity } from './plan-city.ts'
import { newWorld } from './world-state.ts'

export interface CreateWorldOptions extends WorldParts {
  /** The same seed and size: the same city, the same history. */
  readonly seed: number
  /** First day of the history. */
  readonly from: LocalDate
  readonly size?: CitySize
  /** Resolves after so many real milliseconds. */
  readonly sleep: (ms: number) => Promise<void>
}

export interface DemoWorld {
  readonly signIns: DemoSignIns
  /** False while the database knows nobody of this city. */
  isThere(): Promise<boolean>
  /** Makes the city's past. Only on a database that knows nobody of it. Rejects on defects. */
  makeHistory(options: Omit<HistoryOptions, 'from'>): Promise<void>
  /** Lives on until the signal: then resolves within a second, simulated time standing still. */
  live(options: { signal: AbortSignal; rate?: number }): Promise<void>
  /** How often what was refused, by code; `broke`: what threw. */
  refused(): Readonly<Record<string, number>>
}

/** Where simulated time has to begin on a new database: before the first customer joins. */
export function demoStart(from: LocalDate): Instant {
  return localInstant(firstDayOf(from), '09:00')
}

/** A seeded city that uses the product: its past made in seconds, its present in real time. */
export function createWorld(options: CreateWorldOptions): DemoWorld {
  const { seed, from, sleep, size = demoSize, flows, context, simulators } = options
  const parts: WorldParts = { flows, context, simulators }
  const city = planCity(seed, from, size)
  const world = newWorld(parts, city, createSeededRandom(seed + 1))
  const first = city.parties[0]
  return {
    signIns: demoSignIns(city),
    isThere: async () =>
      first !== undefined && (await customerIdByPhone(context.sql, first.phone)) !== null,
    makeHistory: (history) => makeHistory(world, { ...history, from }),
    async live(how) {
      if (world.lives.size === 0) {
        for (const [key, life] of await findLives(parts, city)) world.lives.set(key, life)
      }
      await live(world, { ...how, sleep, from })
    },
    refused: () => Object.fromEntries(world.tally),
  }
}
