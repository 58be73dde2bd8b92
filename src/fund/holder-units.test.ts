import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { holderUnits, sharesOf } from './holder-units.ts'
import { advanceBank } from './advance-bank.ts'

const register = [
  { code: 'R201', owner: 'cus_a', units: 700n },
  { code: 'R202', owner: 'cus_a', units: 200n },
  { code: 'R203', owner: 'cus_a', units: 100n },
  { code: 'R203', owner: 'cus_b', units: 500n },
  { code: 'R204', owner: null, units: 400n },
  { code: 'R205', owner: null, units: 7n },
]

describe('who earned how much', () => {
  it('adds up every kind of unit of a holder, the bank’s as one', () => {
    assert.deepEqual(holderUnits(register, []), [
      { customerId: advanceBank, units: 407n, lossUnits: 0n },
      { customerId: 'cus_a', units: 1_000n, lossUnits: 1_000n },
      { customerId: 'cus_b', units: 500n, lossUnits: 500n },
    ])
  })

  it('lets no loss be carried by what the fund has been asked for, and by all else', () => {
    const leaving = [
      { customerId: 'cus_a', units: 40n },
      { customerId: 'cus_b', units: 500n },
    ]
    assert.deepEqual(
      holderUnits(register, [], leaving).map(({ lossUnits }) => lossUnits),
      [0n, 960n, 0n],
    )
  })

  it('counts what was booked late as if it had been in time', () => {
    const late = [
      { customerId: 'cus_c', units: 50n },
      { customerId: 'cus_b', units: -500n },
      { customerId: advanceBank, units: -400n },
    ]
    const units = holderUnits(register, late).map(({ customerId, units: of }) => [customerId, of])
    assert.deepEqual(units, [
      [advanceBank, 7n],
      ['cus_a', 1_000n],
      ['cus_c', 50n],
    ])
  })

  it('shares a gain among all of them to the fen', () => {
    const shares = sharesOf(10n, holderUnits(register, []))
    assert.ok(shares.ok)
    const amounts = shares.value.map(({ customerId, amount }) => [customerId, amount])
    assert.deepEqual(amounts, [
      [advanceBank, 2n],
      ['cus_a', 5n],
      ['cus_b', 3n],
    ])
  })

  it('lets a loss be carried by the units that stay', () => {
    const shares = sharesOf(-10n, holderUnits(register, [], [{ customerId: 'cus_b', units: 500n }]))
    assert.ok(shares.ok)
    assert.deepEqual(shares.value, [{ customerId: 'cus_a', units: 1_000n, amount: -10n }])
  })

  it('has nobody to give to without units', () => {
    assert.deepEqual(sharesOf(1n, []), { ok: false, error: 'no_earning_units' })
  })

  it('refuses holders whose units would be negative: the books would be wrong', () => {
    assert.throws(() => holderUnits(register, [{ customerId: 'cus_b', units: -501n }]), /negative/)
  })
})
