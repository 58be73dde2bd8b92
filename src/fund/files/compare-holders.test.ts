import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compareHolders } from './compare-holders.ts'

const ours = new Map([
  ['cus_ada', 100_00n],
  ['cus_bob', 5n],
  ['advance_bank', 7_00n],
])
const breaks = (theirs: [string, bigint][]) =>
  compareHolders(
    ours,
    theirs.map(([holder, amount], index) => ({ line: 19 + index, holder, amount })),
    'TotalVolOfDistributorInTA',
  ).map(({ line, about, ours: own, theirs: other }) => [line, about, own, other])

describe('holders in two registers', () => {
  it('are equal whatever their order', () => {
    const same: [string, bigint][] = [
      ['advance_bank', 7_00n],
      ['bob', 5n],
      ['ada', 100_00n],
      ['zoe', 0n],
    ]
    assert.deepEqual(breaks(same), [])
  })

  it('are named when they differ, are on one side only, or come twice', () => {
    const other: [string, bigint][] = [
      ['ada', 100_01n],
      ['eve', 1n],
      ['bob', 5n],
      ['bob', 5n],
    ]
    assert.deepEqual(breaks(other), [
      [19, 'cus_ada', '100.00', '100.01'],
      [20, 'eve', '0.00', '0.01'],
      [22, 'cus_bob', '0.05', '0.10'],
      [0, 'advance_bank', '7.00', 'none'],
    ])
  })
})
