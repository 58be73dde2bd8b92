import { setTimeout as sleep } from 'node:timers/promises'
import { invariant, stopwatch } from '#kernel'
import { createWorld, demoStart as startOf, type DemoSignIns } from '#world'
import type { Coffer } from './build.ts'

/** A Monday long before the dealing calendar ends: a demo may run for ten real days and more. */
const from = '2025-03-03'
const days = 30
const seed = 1
/** Simulated seconds per real second: one hour a minute. */
const rate = 60

/** Where simulated time begins on a new database. */
export const demoStart = startOf(from)

/**
 * The demo city: its history when the database is new, then its life, one simulated hour a real
 * minute, until the signal.
 */
export async function runDemo(
  coffer: Coffer,
  { url, signal, say }: { url: string; signal: AbortSignal; say: (line: string) => void },
): Promise<void> {
  const { simulators, flows, context } = coffer
  invariant(simulators !== null, 'the demo runs on simulated partners')
  const wait = (ms: number): Promise<void> => sleep(ms, undefined)
  const world = createWorld({ flows, context, simulators, seed, from, sleep: wait })
  if (!(await world.isThere())) {
    const elapsed = stopwatch()
    say(`making ${days} simulated days of history; the pages work meanwhile …`)
    await world.makeHistory({
      days,
      signal,
      onProgress({ day, of, date }) {
        if (day % 5 === 0) say(`  day ${day} of ${of} (${date})`)
      },
    })
    say(`history made in ${(elapsed() / 1_000).toFixed(1)} s`)
  }
  if (signal.aborted) return
  coffer.beginJobs()
  sayWhoMayEnter(world.signIns, url, say)
  await world.live({ signal, rate })
}

function sayWhoMayEnter(signIns: DemoSignIns, url: string, say: (line: string) => void): void {
  say('')
  say(`Everything is simulated: people, money, bank, carrier, insurer and time. Seed ${seed}.`)
  say(`Customers, at ${url}/`)
  for (const { name, phone, password, why } of signIns.customers) {
    say(`  ${phone}  password: ${password}  ${name}, ${why}`)
  }
  say(`Operators, at ${url}/console/`)
  for (const { login, password, why } of signIns.operators) {
    say(`  ${login.padEnd(5)} password: ${password}  ${why}`)
  }
  say(
    '  Operators show a second factor as well: the sign-in page shows the code of the demo’s app.',
  )
  say('One simulated hour passes in a real minute. Ctrl-C stops everything.')
}
