import type { Sql } from '#database'
import { required, stopwatch, toRfc3339 } from '#kernel'
import { readSeals, trialBalance, verifySeals } from '#ledger'
import { formatAmount } from '#money'
import { decisionCheck } from './verify-decisions.ts'
import { endChecks } from './verify-endings.ts'
import { fundChecks } from './verify-fund.ts'
import { moneyChecks } from './verify-money.ts'
import { compareOutside } from './verify-outside.ts'
import { invariantIds, runCheck, type InvariantResult } from './verify-result.ts'

/** Amounts are decimal strings of yuan (`fund:units`: of units). Fit for JSON as it is. */
export interface Verification {
  readonly ok: boolean
  readonly invariants: readonly InvariantResult[]
  /** Empty when no partner's own books are within reach. */
  readonly external: readonly {
    readonly partner: string
    readonly ours: string
    readonly theirs: string
    readonly equal: boolean
  }[]
  /** The journal's hash chain, and what it does not cover yet. */
  readonly seals: SealsResult
}

export interface SealsResult {
  readonly ok: boolean
  /** Entries hashed again. */
  readonly checked: number
  readonly broken: readonly string[]
  readonly seals: number
  /** The chain's last value, hex: noted elsewhere, it proves all that is sealed by now. */
  readonly chain: string
  readonly unsealed: number
  /** Time of the oldest entry that is not sealed. */
  readonly unsealedSince: string | null
  /** Real milliseconds. */
  readonly ms: number
}

export interface VerifyOptions {
  /** Signs in as `reader`; has a connection for each check at once. */
  readonly sql: Sql
  /** False: the hash chain is only looked up, not walked again (seconds per million entries). */
  readonly walkSeals?: boolean
  /** Checks at once, each on a connection of its own; default 1. */
  readonly atOnce?: number
}

/**
 * Checks every invariant, and our balances against the partners' own, on one consistent snapshot:
 * a server may run on the database meanwhile. Changes nothing.
 */
export function createVerify({ sql, walkSeals = true, atOnce = 1 }: VerifyOptions) {
  return async (): Promise<Verification> =>
    sql.begin(mode, async (tx) => {
      const first = tx as unknown as Sql
      if (atOnce === 1) return verifySnapshot(first, walkSeals)
      const [row] = await first<{ id: string }[]>`select pg_export_snapshot() as id`
      const { id } = required(row, 'snapshot')
      return checkAll(await prepare(first, walkSeals), async (work) => {
        const others = Array.from({ length: atOnce - 1 }, () => sharing(sql, id, work))
        await Promise.all([work(first), ...others])
      })
    })
}

const mode = 'isolation level repeatable read read only'

/** Does some work on a connection of its own that sees the given snapshot. */
async function sharing(
  sql: Sql,
  snapshot: string,
  work: (sql: Sql) => Promise<void>,
): Promise<void> {
  await sql.begin(mode, async (tx) => {
    await tx.unsafe(`set transaction snapshot '${snapshot}'`)
    await work(tx as unknown as Sql)
  })
}

/** The same within a transaction of the caller's. */
export async function verifySnapshot(sql: Sql, walkSeals = true): Promise<Verification> {
  return checkAll(await prepare(sql, walkSeals), (work) => work(sql))
}

/** What the checks share, and the checks, those first that take longest. */
async function prepare(sql: Sql, walkSeals: boolean) {
  const books = await trialBalance(sql)
  const external = await compareOutside(sql, books)
  const checks = [
    decisionCheck,
    ...moneyChecks(books),
    ...endChecks,
    ...fundChecks({ books, external }),
  ]
  return { external, checks, walkSeals }
}

/** Workers take what is not begun yet, until nothing is left; the hash chain first. */
async function checkAll(
  { external, checks, walkSeals }: Awaited<ReturnType<typeof prepare>>,
  run: (work: (sql: Sql) => Promise<void>) => Promise<void>,
): Promise<Verification> {
  const invariants: InvariantResult[] = []
  const chains: SealsResult[] = []
  const tasks = [
    async (sql: Sql) => void chains.push(await verifyChain(sql, walkSeals)),
    ...checks.map((check) => async (sql: Sql) => void invariants.push(await runCheck(sql, check))),
  ]
  await run(async (sql) => {
    for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) await task(sql)
  })
  invariants.sort((a, b) => invariantIds.indexOf(a.id) - invariantIds.indexOf(b.id))
  const compared = external.map(({ partner, ours, theirs }) => ({
    partner,
    ours: formatAmount(ours),
    theirs: formatAmount(theirs),
    equal: ours === theirs,
  }))
  const seals = required(chains[0], 'hash chain')
  const ok = invariants.every((each) => each.ok) && compared.every((each) => each.equal) && seals.ok
  return { ok, invariants, external: compared, seals }
}

async function verifyChain(sql: Sql, walk: boolean): Promise<SealsResult> {
  const took = stopwatch()
  const { seals, unsealedSince, ...state } = await readSeals(sql)
  const { checked, broken } = walk ? await verifySeals(sql) : { checked: 0, broken: [] }
  return {
    ok: broken.length === 0,
    checked,
    broken,
    ...state,
    seals: Number(seals),
    unsealedSince: unsealedSince === null ? null : toRfc3339(unsealedSince),
    ms: Math.round(took()),
  }
}
