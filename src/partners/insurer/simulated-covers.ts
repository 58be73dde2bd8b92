import type { Sql } from '#database'
import { type Clock, fail, type LocalDate, ok, required, type Result } from '#kernel'
import type { BoundCover, CoverTerms, Insurer, InsurerError, PremiumNotice } from './port.ts'

/** The insurer's contracts and what was noticed under them. */
export type SimulatedCovers = {
  readonly bind: Insurer['bindCover']
  readonly noticePremium: Insurer['noticePremium']
}

interface CoverRow {
  readonly starts_on: LocalDate
  readonly ends_on: LocalDate
  readonly per_event_limit: bigint
  readonly aggregate_limit: bigint
  readonly deductible: bigint
  readonly premium_per_million: bigint
}

export function createSimulatedCovers({
  sql,
  clock,
}: {
  readonly sql: Sql
  readonly clock: Clock
}): SimulatedCovers {
  async function bind(
    terms: { reference: string } & CoverTerms,
  ): Promise<Result<BoundCover, InsurerError>> {
    const { reference, startsOn, endsOn, perEventLimit, aggregateLimit, deductible } = terms
    const { premiumPerMillion } = terms
    const amounts = [perEventLimit, aggregateLimit, deductible, premiumPerMillion]
    if (amounts.some((amount) => amount < 0n) || endsOn < startsOn) return fail('amount_invalid')
    await sql`
      insert into partners.insurer_cover (reference, starts_on, ends_on, per_event_limit,
        aggregate_limit, deductible, premium_per_million, bound_at)
      values (${reference}, ${startsOn}, ${endsOn}, ${perEventLimit}, ${aggregateLimit},
        ${deductible}, ${premiumPerMillion}, ${sql.typed.instant(clock.now())})
      on conflict (reference) do nothing`
    const bound = coverOf(reference, await readCover(reference))
    const isSame =
      bound.startsOn === startsOn &&
      bound.endsOn === endsOn &&
      bound.perEventLimit === perEventLimit &&
      bound.aggregateLimit === aggregateLimit &&
      bound.deductible === deductible &&
      bound.premiumPerMillion === premiumPerMillion
    return isSame ? ok(bound) : fail('reference_reused')
  }

  async function readCover(reference: string): Promise<CoverRow> {
    const [row] = await sql<CoverRow[]>`
      select starts_on, ends_on, per_event_limit, aggregate_limit, deductible,
        premium_per_million
      from partners.insurer_cover where reference = ${reference}`
    return required(row, `cover ${reference}`)
  }

  async function noticePremium(
    notice: PremiumNotice,
  ): Promise<Result<PremiumNotice, InsurerError>> {
    const { reference, coverId, month, accounts, amount } = notice
    if (amount < 0n || accounts < 0) return fail('amount_invalid')
    await sql`
      insert into partners.insurer_premium
        (reference, cover_id, month, accounts, amount, noticed_at)
      select ${reference}, cover.reference, ${month}, ${accounts}, ${amount},
        ${sql.typed.instant(clock.now())}
      from partners.insurer_cover as cover where cover.reference = ${coverId}
      on conflict (reference) do nothing`
    const [first] = await sql<
      { cover_id: string; month: string; accounts: bigint; amount: bigint }[]
    >`
      select cover_id, month, accounts, amount from partners.insurer_premium
      where reference = ${reference}`
    if (first === undefined) return fail('cover_not_found')
    const isSame =
      first.cover_id === coverId &&
      first.month === month &&
      first.accounts === BigInt(accounts) &&
      first.amount === amount
    return isSame ? ok({ reference, coverId, month, accounts, amount }) : fail('reference_reused')
  }

  return { bind, noticePremium }
}

function coverOf(coverId: string, row: CoverRow): BoundCover {
  return {
    coverId,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    perEventLimit: row.per_event_limit,
    aggregateLimit: row.aggregate_limit,
    deductible: row.deductible,
    premiumPerMillion: row.premium_per_million,
  }
}
