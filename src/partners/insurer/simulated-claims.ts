import type { Sql, Tx } from '#database'
import { type Clock, fail, type Instant, type LocalDate, ok, required, type Result } from '#kernel'
import { larger, smaller } from '#money'
import type { ClaimNotice, InsurerError } from './port.ts'
import { insurerSentinelOf } from './sentinels.ts'

export interface ClaimRow {
  readonly cover_id: string
  readonly lost_on: LocalDate
  readonly amount: bigint
  readonly evidence: string
  readonly verdict: 'approved' | 'declined' | 'undecided'
  readonly approved: bigint
  readonly reason: string | null
  readonly notified_at: Instant
}

/** The insurer's file of claims. */
export interface SimulatedClaims {
  notify(notice: ClaimNotice): Promise<Result<ClaimNotice, InsurerError>>
  find(claimId: string): Promise<ClaimRow | undefined>
  /** Notes the day of payment once; answers when it was. */
  markPaid(claimId: string): Promise<Instant>
}

interface Cover {
  readonly starts_on: LocalDate
  readonly ends_on: LocalDate
  readonly per_event_limit: bigint
  readonly deductible: bigint
  /** Of the aggregate limit, not yet approved away. */
  readonly left: bigint
}

type Verdict = Pick<ClaimRow, 'verdict' | 'approved' | 'reason'>

export function createSimulatedClaims({
  sql,
  clock,
}: {
  readonly sql: Sql
  readonly clock: Clock
}): SimulatedClaims {
  async function notify(notice: ClaimNotice): Promise<Result<ClaimNotice, InsurerError>> {
    const before = await find(notice.claimId)
    if (before !== undefined) return isSame(before, notice) ? ok(notice) : fail('reference_reused')
    if (notice.amount <= 0n) return fail('amount_invalid')
    return sql.begin(async (tx): Promise<Result<ClaimNotice, InsurerError>> => {
      const cover = await lockCover(tx, notice.coverId)
      if (cover === undefined) return fail('cover_not_found')
      if (notice.lostOn < cover.starts_on || notice.lostOn > cover.ends_on) {
        return fail('cover_not_in_force')
      }
      await write(tx, notice, decide(notice.amount, cover))
      const [first] = await tx<ClaimRow[]>`
        select * from partners.insurer_claim where claim_id = ${notice.claimId}`
      return isSame(required(first, 'claim'), notice) ? ok(notice) : fail('reference_reused')
    })
  }

  async function write(tx: Tx, notice: ClaimNotice, verdict: Verdict): Promise<void> {
    await tx`
      insert into partners.insurer_claim (claim_id, cover_id, lost_on, amount, evidence,
        verdict, approved, reason, notified_at)
      values (${notice.claimId}, ${notice.coverId}, ${notice.lostOn}, ${notice.amount},
        ${textOf(notice.evidence)}, ${verdict.verdict}, ${verdict.approved}, ${verdict.reason},
        ${sql.typed.instant(clock.now())})
      on conflict (claim_id) do nothing`
  }

  async function find(claimId: string): Promise<ClaimRow | undefined> {
    const [row] = await sql<ClaimRow[]>`
      select * from partners.insurer_claim where claim_id = ${claimId}`
    return row
  }

  return {
    notify,
    find,
    async markPaid(claimId) {
      const [row] = await sql<{ paid_at: Instant }[]>`
        update partners.insurer_claim
        set paid_at = coalesce(paid_at, ${sql.typed.instant(clock.now())})
        where claim_id = ${claimId} returning paid_at`
      return required(row, `claim ${claimId}`).paid_at
    },
  }
}

/** Under the lock, so that two claims cannot share what is left of the aggregate limit. */
async function lockCover(tx: Tx, coverId: string): Promise<Cover | undefined> {
  await tx`select from partners.insurer_cover where reference = ${coverId} for update`
  const [cover] = await tx<Cover[]>`
    select starts_on, ends_on, per_event_limit, deductible,
      (aggregate_limit - (select coalesce(sum(approved), 0) from partners.insurer_claim as claim
        where claim.cover_id = ${coverId}))::int8 as left
    from partners.insurer_cover where reference = ${coverId}`
  return cover
}

function decide(amount: bigint, cover: Cover): Verdict {
  const sentinel = insurerSentinelOf(amount)
  if (sentinel === 'declined') {
    return { verdict: 'declined', approved: 0n, reason: 'first_party_suspected' }
  }
  if (sentinel === 'undecided') return { verdict: 'undecided', approved: 0n, reason: null }
  const claimed = sentinel === 'half' ? amount / 2n : amount
  const covered = smaller(larger(claimed - cover.deductible, 0n), cover.per_event_limit)
  const approved = smaller(covered, larger(cover.left, 0n))
  if (approved > 0n) return { verdict: 'approved', approved, reason: null }
  const reason = covered === 0n ? 'below_deductible' : 'aggregate_limit_reached'
  return { verdict: 'declined', approved, reason }
}

function isSame(row: ClaimRow, notice: ClaimNotice): boolean {
  return (
    row.cover_id === notice.coverId &&
    row.lost_on === notice.lostOn &&
    row.amount === notice.amount &&
    row.evidence === textOf(notice.evidence)
  )
}

/** The same evidence is the same text, in whatever order it was given. */
function textOf(evidence: ClaimNotice['evidence']): string {
  return JSON.stringify(Object.entries(evidence).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
