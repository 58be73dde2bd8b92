import type { Sql } from '#database'
import { trialBalance } from '#ledger'
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
}

/**
 * Checks every invariant, and our balances against the partners' own, on one consistent snapshot:
 * a server may run on the database meanwhile. `sql` signs in as `reader`. Changes nothing.
 */
export function createVerify({ sql }: { sql: Sql }): () => Promise<Verification> {
  return async () =>
    sql.begin('isolation level repeatable read read only', (tx) =>
      verifySnapshot(tx as unknown as Sql),
    )
}

/** The same within a transaction of the caller's. */
export async function verifySnapshot(sql: Sql): Promise<Verification> {
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
  const ok = invariants.every((each) => each.ok) && compared.every((each) => each.equal)
  return { ok, invariants, external: compared }
}
