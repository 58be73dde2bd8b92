import { invariant, localInstant } from '#kernel'
import { createWorld, demoSignIns } from '#world'
import type { Coffer } from './build.ts'

/** A Monday long before the dealing calendar ends: a demo may run for ten real days and more. */
export const demoFrom = '2025-03-03'
export const demoStart = localInstant(demoFrom, '00:00')
const historyDays = 30

/**
 * The demo city: its history when the database is new, then its life, one simulated hour a real
 * minute, until the signal.
 */
export async function runDemo(
  coffer: Coffer,
  { url, signal, say }: { url: string; signal: AbortSignal; say: (line: string) => void },
): Promise<void> {
  const { simulators } = coffer
  invariant(simulators !== null, 'the demo runs on simulated partners')
  const { flows, lane } = coffer
  const world = createWorld({ flows, lane, sql: coffer.context.sql, simulators, seed: 1, log: say })
  const made = await world.makeHistory({ from: demoFrom, days: historyDays, onProgress: say, signal })
  if (signal.aborted) return
  say('')
  say(made === 'made' ? `${historyDays} simulated days have passed.` : 'The city goes on where it was.')
  say('Everything here is simulated: people, money, banks, carrier, insurer, time. Seed 1.')
  for (const { who, where, signIn } of demoSignIns) say(`  ${who}: ${url}${where}  ${signIn}`)
  say('One simulated hour passes in one real minute. Ctrl-C stops everything.')
  await world.live({ signal })
}
