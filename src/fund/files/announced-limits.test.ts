import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createBooksStage } from '../books-stage.fixture.ts'
import { setFundLimits } from '../set-fund-limits.ts'
import type { QuotationRecord } from './file-record.ts'
import { keepFile, noteApplied, noteParsed } from './keep-file.ts'

type Limits = Pick<
  QuotationRecord,
  'personDailyBuyFen' | 'personDailyRedeemFen' | 'fundDailyBuyFen'
>
const none: Limits = { personDailyBuyFen: 0n, personDailyRedeemFen: 0n, fundDailyBuyFen: 0n }

/** Applies a file 07 of a day. */
async function announce(
  stage: ReturnType<typeof createBooksStage>,
  date: string,
  limits: Partial<Limits>,
): Promise<void> {
  const id = `OFD_TA_COFFER_${date.replaceAll('-', '')}_07_001.TXT`
  const seen = { type: '07', date, sha256: 'a'.repeat(64), size: 1, direction: 'received' } as const
  const figures = { incomeFen: 0n, units: 0n, per10k: 0n, yield7d: null }
  const quotation = { id: date, file: id, ...figures, ...none, ...limits }
  await stage.run(keepFile, { id, ...seen })
  await stage.run(noteParsed, { id, faults: 0 })
  await stage.run(noteApplied, { id, breaks: [], quotation })
}

async function rich() {
  const stage = createBooksStage('2018-03-01', '10:00')
  await stage.topUp(500_000_00n)
  await stage.topUp(500_000_00n, 'cus_bob')
  return stage
}

describe('limits that the fund manager announces', () => {
  it('bound what one person subscribes on a day, only below the dated cap', async () => {
    const stage = await rich()
    assert.equal(await stage.subscribe('ord_1', 4_000_00n), 'accepted')
    await announce(stage, '2018-02-28', { personDailyBuyFen: 5_000_00n })
    assert.equal(await stage.subscribe('ord_2', 1_000_01n), 'daily_subscription_exceeded')
    assert.equal(await stage.subscribe('ord_3', 1_000_00n), 'accepted')
    assert.equal(await stage.subscribe('ord_4', 5_000_00n, 'cus_bob'), 'accepted')
    stage.clockAt('2018-03-02', '10:00')
    assert.equal(await stage.subscribe('ord_5', 5_000_00n), 'accepted')
    await announce(stage, '2018-03-01', { personDailyBuyFen: 90_000_00n })
    assert.equal(await stage.subscribe('ord_6', 15_000_01n), 'daily_subscription_exceeded')
    assert.equal(await stage.subscribe('ord_7', 15_000_00n), 'accepted')
  })

  it('bound what all subscribe on a day, from 09:00 on, whoever set the stricter one', async () => {
    const stage = await rich()
    await announce(stage, '2018-02-28', { fundDailyBuyFen: 6_000_00n })
    assert.equal(await stage.subscribe('ord_1', 4_000_00n), 'accepted')
    assert.equal(await stage.subscribe('ord_2', 2_000_01n, 'cus_bob'), 'fund_quota_used')
    await stage.run(setFundLimits, { quotaFen: 5_000_00n, gatePerMille: null })
    assert.equal(await stage.subscribe('ord_3', 1_000_01n, 'cus_bob'), 'fund_quota_used')
    await stage.run(setFundLimits, { quotaFen: 9_000_00n, gatePerMille: null })
    assert.equal(await stage.subscribe('ord_4', 2_000_01n, 'cus_bob'), 'fund_quota_used')
    assert.equal(await stage.subscribe('ord_5', 2_000_00n, 'cus_bob'), 'accepted')
    stage.clockAt('2018-03-02', '08:59:59')
    assert.equal(await stage.subscribe('ord_6', 1n), 'fund_quota_not_open')
  })

  it('bound what one person redeems on a day; a fast redemption is the bank’s', async () => {
    const stage = await rich()
    await stage.subscribe('ord_1', 10_000_00n)
    await stage.settle('2018-03-01', '2018-03-02')
    stage.clockAt('2018-03-02', '10:00')
    assert.equal(await stage.redeem('ord_2', 700_00n, 'normal'), 'accepted')
    await announce(stage, '2018-03-01', { personDailyRedeemFen: 1_000_00n })
    assert.equal(await stage.redeem('ord_3', 300_01n, 'normal'), 'daily_redemption_exceeded')
    assert.equal(await stage.redeem('ord_4', 2_000_00n, 'fast'), 'advanced')
    assert.equal(await stage.redeem('ord_5', 300_00n, 'normal'), 'accepted')
    assert.equal(await stage.cancel('ord_2'), 'cancelled')
    assert.equal(await stage.redeem('ord_6', 700_01n, 'normal'), 'daily_redemption_exceeded')
    assert.equal(await stage.redeem('ord_7', 700_00n, 'normal'), 'accepted')
    stage.clockAt('2018-03-03', '10:00')
    assert.equal(await stage.redeem('ord_8', 1_000_00n, 'normal'), 'accepted')
  })

  it('hold until a file of a later day says otherwise, whenever an earlier one comes', async () => {
    const stage = await rich()
    await announce(stage, '2018-02-27', { personDailyBuyFen: 100_00n })
    await announce(stage, '2018-02-25', { personDailyBuyFen: 1_00n })
    assert.equal(await stage.subscribe('ord_1', 100_00n), 'accepted')
    assert.equal(await stage.subscribe('ord_2', 1n), 'daily_subscription_exceeded')
    await announce(stage, '2018-02-28', none)
    assert.equal(await stage.subscribe('ord_3', 19_900_00n), 'accepted')
  })
})
