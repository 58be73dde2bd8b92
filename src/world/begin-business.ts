import type { Command } from '#commit'
import { coverOn, defaultPremiumPerMillion } from '#guarantee'
import { type LocalDate, invariant } from '#kernel'
import { accountKeys, type Leg, post } from '#ledger'
import type { WorldParts } from './parts.ts'

/** Fen of its own with which the operator of the demo begins. */
const capital = 2_000_000_00n

const legs: readonly Leg[] = [{ debit: '1410', credit: '3010', amount: capital }]

const payInCapital: Command<null, boolean> = {
  name: 'world.pay_in_capital',
  reads: () => accountKeys(legs),
  apply: (state, _input, now) => post(state, { kind: 'capital', ref: 'world', legs }, now).ok,
}

/**
 * The operator's own money, in the books and at the bank, and one insurer's cover from a day on.
 * Safe to repeat: capital has one request id and one bank reference, the cover one reference.
 */
export async function beginBusiness(parts: WorldParts, coverFrom: LocalDate): Promise<void> {
  const { flows, context, simulators } = parts
  const request = { owner: 'world', id: 'capital', content: String(capital), input: null }
  const booked = await context.lane.submit(payInCapital, request)
  invariant(booked.status === 'done' && booked.output, 'the capital cannot be booked')
  const deposit = { reference: 'world:capital', account: 'operator', amount: capital } as const
  const moved = await simulators.bank.deposit(deposit)
  invariant(moved.ok, moved.ok ? '' : `the capital did not arrive: ${moved.error}`)
  if ((await coverOn(context.sql, coverFrom)) !== undefined) return
  const bound = await flows.bindCover({
    reference: `cover-${coverFrom.slice(0, 7)}`,
    insurer: 'Ping Shun Insurance',
    startsOn: coverFrom,
    endsOn: '2026-12-31',
    perEventLimit: 1_000_000_00n,
    aggregateLimit: 50_000_000_00n,
    deductible: 0n,
    premiumPerMillion: defaultPremiumPerMillion,
  })
  invariant(bound.ok, bound.ok ? '' : `no cover: ${bound.error.code}`)
}
