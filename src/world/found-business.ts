import type { Command } from '#commit'
import type { FlowContext, Flows } from '#flows'
import { defaultPremiumPerMillion } from '#guarantee'
import { addDays, invariant, localDateOf } from '#kernel'
import { accountKeys, post, type Leg } from '#ledger'
import type { Simulators } from '#partners'

export interface FoundingOptions {
  readonly flows: Flows
  readonly lane: FlowContext['lane']
  readonly simulators: Simulators
}

/** Ten million yuan of the operator's own, to pay premiums and to bear what nobody covers. */
const capitalFen = 1_000_000_000n
const capitalLegs: Leg[] = [{ debit: '1410', credit: '3010', amount: capitalFen }]

/** The owners' money comes in: once, whatever happens. */
const contributeCapital: Command<{ legs: Leg[] }, boolean> = {
  name: 'world.contribute_capital',
  reads: ({ legs }) => accountKeys(legs),
  apply: (state, { legs }, now) =>
    post(state, { kind: 'capital', ref: 'capital', legs }, now).ok,
}

/**
 * What a simulated operator needs before its first customer: capital at the bank and in the books,
 * and an insurer's cover. Safe to repeat.
 */
export async function foundBusiness({ flows, lane, simulators }: FoundingOptions): Promise<void> {
  const reference = 'opening-capital'
  const paidIn = await simulators.bank.deposit({
    reference,
    account: 'operator',
    amount: capitalFen,
  })
  invariant(paidIn.ok, 'the capital does not reach the bank')
  const booked = await lane.submit(contributeCapital, {
    owner: 'app',
    id: reference,
    content: reference,
    input: { legs: capitalLegs },
  })
  invariant(booked.status === 'done' && booked.output, 'the capital cannot be booked')
  const today = localDateOf(lane.now())
  const cover = await flows.bindCover({
    reference: 'cover-1',
    insurer: 'Guotai Theft Insurance (simulated)',
    startsOn: '2012-01-01',
    endsOn: addDays(today, 3_650),
    perEventLimit: 100_000_000n,
    aggregateLimit: 10_000_000_000n,
    deductible: 0n,
    premiumPerMillion: defaultPremiumPerMillion,
  })
  // A second start binds nothing anew: the reference is the same, only its dates have moved on.
  invariant(cover.ok || cover.error.code === 'id_reused' || cover.error.code === 'partner_refused', 'no cover')
}
