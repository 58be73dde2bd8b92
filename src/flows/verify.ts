import type { Sql } from '#database'
import { verifyAudit, type AuditVerified } from '#identity'
import { toRfc3339 } from '#kernel'
import { readSeals, trialBalance, verifySeals } from '#ledger'
import { formatAmount } from '#money'
import { verifyDecisions } from './verify-decisions.ts'
import { verifyEnds } from './verify-endings.ts'
import { verifyFund } from './verify-fund.ts'
import { verifyMoney } from './verify-money.ts'
import { compareOutside } from './verify-outside.ts'
import { invariantIds, type InvariantResult } from './verify-result.ts'

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
  /** The hash chain of what operators read and changed. */
  readonly audit: AuditVerified
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
}

export interface VerifyOptions {
  /** Signs in as `reader`. */
  readonly sql: Sql
  /** False: the hash chain is only looked up, not walked again (seconds per million entries). */
  readonly walkSeals?: boolean
}

/**
 * Checks every invariant, and our balances against the partners' own, on one consistent snapshot:
 * a server may run on the database meanwhile. Changes nothing.
 */
export function createVerify({ sql, walkSeals = true }: VerifyOptions) {
  return async (): Promise<Verification> =>
    sql.begin('isolation level repeatable read read only', (tx) =>
      verifySnapshot(tx as unknown as Sql, walkSeals),
    )
}

/** The same within a transaction of the caller's. */
export async function verifySnapshot(sql: Sql, walkSeals = true): Promise<Verification> {
  const books = await trialBalance(sql)
  const external = await compareOutside(sql, books)
  const found = [
    ...(await verifyMoney(sql, books)),
    ...(await verifyFund(sql, { books, external })),
    ...(await verifyEnds(sql)),
    await verifyDecisions(sql),
  ]
  const invariants = found.toSorted(
    (a, b) => invariantIds.indexOf(a.id) - invariantIds.indexOf(b.id),
  )
  const compared = external.map(({ partner, ours, theirs }) => ({
    partner,
    ours: formatAmount(ours),
    theirs: formatAmount(theirs),
    equal: ours === theirs,
  }))
  const seals = await verifyChain(sql, walkSeals)
  const audit = await verifyAudit(sql)
  const sound = invariants.every((each) => each.ok) && compared.every((each) => each.equal)
  const ok = sound && seals.ok && audit.ok
  return { ok, invariants, external: compared, seals, audit }
}

async function verifyChain(sql: Sql, walk: boolean): Promise<SealsResult> {
  const { seals, unsealedSince, ...state } = await readSeals(sql)
  const { checked, broken } = walk ? await verifySeals(sql) : { checked: 0, broken: [] }
  return {
    ok: broken.length === 0,
    checked,
    broken,
    ...state,
    seals: Number(seals),
    unsealedSince: unsealedSince === null ? null : toRfc3339(unsealedSince),
  }
}
