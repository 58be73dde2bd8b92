import type { Database, Sql } from '#database'
import { until } from './within.ts'

/** A row that stops whoever writes it, within his transaction. */
export interface Gate {
  readonly table: string
  readonly event: 'insert' | 'update'
  /** Of `old` and `new`. */
  readonly when: string
}

const key = 7_303_136
const patienceMs = 30_000

/**
 * Shuts a gate, starts what will run into it, and once somebody stands there has him killed; then
 * the gate is gone and so is his connection. Beneath it PostgreSQL still holds what he had written.
 */
export async function killAtGate(
  database: Database,
  gate: Gate,
  step: { readonly start: () => Promise<void>; readonly kill: () => Promise<void> },
): Promise<void> {
  try {
    await stopAt(database, gate, step)
  } finally {
    await takeAway(database, gate)
  }
}

async function stopAt(
  database: Database,
  { table, event, when }: Gate,
  step: Parameters<typeof killAtGate>[2],
): Promise<void> {
  await database.asAdmin(async (admin) => {
    await admin.unsafe(`
      create function public.gate() returns trigger language plpgsql as
        'begin perform pg_advisory_xact_lock(${key}); return new; end';
      create trigger gate after ${event} on ${table} for each row when (${when})
        execute function public.gate();
      select pg_advisory_lock(${key})`)
    await step.start()
    try {
      await until(patienceMs, `somebody at ${table}: ${when}`, async () => {
        return (await waiting(admin)).length > 0
      })
    } finally {
      await step.kill()
    }
  })
}

/** The connection that held the gate has ended, so it is open. */
async function takeAway(database: Database, { table }: Gate): Promise<void> {
  await database.ensureRunning()
  await database.asAdmin(async (admin) => {
    await until(patienceMs, 'nobody at the gate', async () => {
      const held = await admin`
        select from pg_locks where locktype = 'advisory' and objid = ${key}`
      return held.length === 0
    })
    await admin.unsafe(`
      drop trigger if exists gate on ${table}; drop function if exists public.gate()`)
  })
}

async function waiting(admin: Sql): Promise<readonly object[]> {
  return admin`select from pg_locks where locktype = 'advisory' and objid = ${key} and not granted`
}
