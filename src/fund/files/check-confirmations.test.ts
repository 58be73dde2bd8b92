import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { usualParties, type FileRowOf } from '#partners'
import { checkConfirmations, type Placed } from './check-confirmations.ts'
import { orderRow, type FiledOrder } from './order-rows.ts'

const order = (id: string, kind: FiledOrder['kind'], amount: bigint): FiledOrder => ({
  id,
  customerId: `cus_${id}`,
  kind,
  amount,
  confirmedAmount: null,
  placedAt: 0,
  dealingDay: '2013-10-11',
  confirmationDay: '2013-10-14',
  state: 'accepted',
})
const orders = [order('a', 'subscription', 100_00n), order('b', 'normal_redemption', 7_00n)]

/** As a faultless agent confirms them. */
const rows = (part: Partial<FileRowOf<'04'>> = {}): Placed<FileRowOf<'04'>>[] =>
  orders.map((each, index) => {
    const { TransactionTime: _, ...asked } = orderRow(each, usualParties)
    const row: FileRowOf<'04'> = {
      ...asked,
      BusinessCode: each.kind === 'subscription' ? '122' : '124',
      TransactionCfmDate: each.confirmationDay,
      ReturnCode: '0000',
      ConfirmedAmount: each.amount,
      ConfirmedVol: each.amount,
      NAV: 10_000n,
      Charge: 0n,
      TASerialNO: '1',
    }
    return { line: 29 + index, row: index === 0 ? { ...row, ...part } : row }
  })

const found = (given: Placed<FileRowOf<'04'>>[]) =>
  checkConfirmations(orders, given).breaks.map(({ line, field, about }) => [line, field, about])

describe('confirmations of a dealing day', () => {
  it('agree with the orders when each is answered once and in full', () => {
    const checked = checkConfirmations(orders, rows())
    assert.deepEqual(checked, {
      status: 'confirmed',
      subscriptions: 100_00n,
      redemptions: 7_00n,
      unitsIssued: 100_00n,
      proceeds: 7_00n,
      parts: [],
      breaks: [],
    })
  })

  it('reject the day when every order is refused', () => {
    const refused = rows().map(({ line, row }) => ({
      line,
      row: { ...row, ReturnCode: '9999', ConfirmedAmount: 0n, ConfirmedVol: 0n },
    }))
    const checked = checkConfirmations(orders, refused)
    assert.equal(checked.status, 'rejected')
    assert.deepEqual(checked.breaks, [])
  })

  it('differ where a field differs', () => {
    const fields: [Partial<FileRowOf<'04'>>, string][] = [
      [{ ConfirmedAmount: 99_99n }, 'ConfirmedAmount'],
      [{ ConfirmedVol: 0n }, 'ConfirmedVol'],
      [{ ApplicationAmount: 1n }, 'ApplicationAmount'],
      [{ TransactionAccountID: 'x' }, 'TransactionAccountID'],
      [{ BusinessCode: '124' }, 'BusinessCode'],
      [{ TransactionCfmDate: '2013-10-15' }, 'TransactionCfmDate'],
      [{ NAV: 10_001n }, 'NAV'],
      [{ Charge: 1n }, 'Charge'],
    ]
    for (const [part, field] of fields) assert.deepEqual(found(rows(part)), [[29, field, 'a']])
  })

  it('differ when orders are missing, unknown, or answered twice', () => {
    const [first, second] = rows()
    assert.ok(first !== undefined && second !== undefined)
    assert.deepEqual(found([first]), [[0, 'AppSheetSerialNo', 'b']])
    const twice = { ...first, line: 31 }
    assert.deepEqual(found([first, second, twice]), [[31, 'AppSheetSerialNo', 'a']])
    const unknown = { line: 31, row: { ...first.row, AppSheetSerialNo: 'z' } }
    assert.deepEqual(found([first, second, unknown]), [[31, 'AppSheetSerialNo', 'z']])
  })

  it('may be done in part when they say so, and be refused one by one', () => {
    const [first, second] = rows({ ReturnCode: '0001', ConfirmedAmount: 1n, ConfirmedVol: 1n })
    assert.ok(first !== undefined && second !== undefined)
    const none = { ReturnCode: '9999', ConfirmedAmount: 0n, ConfirmedVol: 0n }
    const refused = { line: 30, row: { ...second.row, ...none } }
    const checked = checkConfirmations(orders, [first, refused])
    assert.deepEqual(checked.breaks, [])
    assert.deepEqual(checked.parts, [
      { orderId: 'a', confirmed: 1n },
      { orderId: 'b', confirmed: 0n },
    ])
    assert.deepEqual([checked.status, checked.unitsIssued, checked.proceeds], ['confirmed', 1n, 0n])
    assert.deepEqual(found(rows({ ReturnCode: '0001' })), [[29, 'ReturnCode', 'a']])
    assert.deepEqual(found(rows({ ReturnCode: '9999' })), [
      [29, 'ConfirmedAmount', 'a'],
      [29, 'ConfirmedVol', 'a'],
    ])
  })

  it('are held against what was booked of an order', () => {
    const booked = orders.map((each) => ({ ...each, state: 'confirmed' as const }))
    const part = booked.map((each) => ({ ...each, confirmedAmount: 5_00n }))
    assert.deepEqual(checkConfirmations(booked, rows()).breaks, [])
    assert.equal(checkConfirmations(part, rows()).breaks.length, 4)
  })
})
