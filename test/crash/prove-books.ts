import assert from 'node:assert/strict'
import type { Database, Sql } from '#database'
import { createVerify } from '#flows'
import type { Citizen } from './city.ts'
import { away, done, expectedWallets, type Asked } from './load.ts'

/** Every invariant, and the partners' own books: nothing half done. */
export async function proveClean(database: Database): Promise<void> {
  const sql = database.connect('reader', { max: 1 })
  try {
    const { ok, invariants, external } = await createVerify({ sql })()
    const found = JSON.stringify([invariants, external], null, 1)
    assert.ok(ok, found)
    assert.ok(external.length > 0)
  } finally {
    await sql.end()
  }
}

/** Nobody was left without an answer, and who was sent away was told when to come back. */
export function proveAnswered(asked: readonly Asked[]): void {
  for (const { wish, answer } of asked) {
    if (answer?.status === done) continue
    const { path } = wish
    assert.equal(answer?.status, away, `${path}: ${JSON.stringify(answer?.body)}`)
    assert.match(answer.body.code ?? '', /^(database_)?unavailable$/)
    assert.ok(Number(answer.headers.get('retry-after')) >= 1)
  }
}

/** Everything that was acknowledged is there, and posted once. */
export async function proveAcknowledged(
  database: Database,
  asked: readonly Asked[],
): Promise<void> {
  const acknowledged = paymentsIn(asked)
  await reading(database, async (sql) => {
    const posted = await postedPayments(sql)
    const lost = acknowledged.filter(({ id }) => posted.get(id) !== 1)
    assert.deepEqual(lost, [], 'acknowledged, and not there once')
  })
}

/**
 * Whatever was ever asked for has by now been answered, so the books are known to the fen: as many
 * payments as keys, each posted once, and every wallet what its owner asked for.
 */
export async function proveExactly(
  database: Database,
  { citizens, answered }: { citizens: readonly Citizen[]; answered: readonly Asked[] },
): Promise<void> {
  for (const { wish, answer } of answered) {
    assert.equal(answer?.status, done, `${wish.path}: ${JSON.stringify(answer?.body)}`)
  }
  await reading(database, async (sql) => {
    const posted = await postedPayments(sql)
    const asked = paymentsIn(answered)
    assert.deepEqual([...posted.keys()].sort(), asked.map(({ id }) => id).sort())
    assert.ok([...posted.values()].every((entries) => entries === 1))
    const expected = expectedWallets(
      citizens,
      answered.map(({ wish }) => wish),
    )
    assert.deepEqual(await walletsOf(sql), expected)
  })
}

function paymentsIn(asked: readonly Asked[]): { id: string; key: string }[] {
  return asked.flatMap(({ wish, answer }) =>
    wish.payee !== null && answer?.status === done
      ? [{ id: String(answer.body['id']), key: wish.key }]
      : [],
  )
}

async function reading<T>(database: Database, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = database.connect('reader', { max: 1 })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}

/** Each payment that says it was posted, and by how many entries it was. */
async function postedPayments(sql: Sql): Promise<Map<string, number>> {
  const rows = await sql<{ id: string; entries: number }[]>`
    select p.id, (select count(*) from ledger.entry e where e.ref = p.id)::int4 as entries
    from wallet.payment p where p.state = 'posted'`
  return new Map(rows.map(({ id, entries }) => [id, entries]))
}

async function walletsOf(sql: Sql): Promise<Map<string, bigint>> {
  const rows = await sql<{ owner: string; available: bigint }[]>`
    select owner, credits_posted - debits_posted - debits_pending as available
    from ledger.account where code = '2010'`
  return new Map(rows.map(({ owner, available }) => [owner, available]))
}
