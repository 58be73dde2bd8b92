import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { problemOfIssues } from './problem.ts'
import { pageQuery, phone, requestedAmount, requestedCurrency, idNumber } from './scalars.ts'

const request = z.strictObject({ amount: requestedAmount, currency: requestedCurrency })

function refusalOf(body: unknown): { code: string; param?: string } | 'accepted' {
  const parsed = request.safeParse(body)
  if (parsed.success) return 'accepted'
  const { code, param } = problemOfIssues(parsed.error.issues)
  return param === undefined ? { code } : { code, param }
}

test('amounts with at most two decimals are accepted as they are', () => {
  for (const amount of ['0.01', '1', '12.5', '100000.00', '99999999999999.99']) {
    assert.equal(refusalOf({ amount }), 'accepted', amount)
  }
})

test('every way to write a wrong amount has its own code', () => {
  const wrong: Record<string, string> = {
    '': 'amount_malformed',
    '1,000.00': 'amount_malformed',
    '1e3': 'amount_malformed',
    '.5': 'amount_malformed',
    '1.': 'amount_malformed',
    '01.00': 'amount_malformed',
    ' 1': 'amount_malformed',
    '+1': 'amount_malformed',
    '١': 'amount_malformed',
    '0.001': 'amount_too_precise',
    '1.000': 'amount_too_precise',
    '0': 'amount_not_positive',
    '0.00': 'amount_not_positive',
    '-5.00': 'amount_not_positive',
    '100000000000000': 'amount_out_of_range',
  }
  for (const [amount, code] of Object.entries(wrong)) {
    assert.deepEqual(refusalOf({ amount }), { code, param: 'amount' }, amount)
  }
})

test('an amount that is a number is refused: floats are no money', () => {
  assert.deepEqual(refusalOf({ amount: 12.5 }), { code: 'request_malformed', param: 'amount' })
})

test('another currency is refused by its own code', () => {
  assert.equal(refusalOf({ amount: '1', currency: 'CNY' }), 'accepted')
  const code = 'currency_not_supported'
  assert.deepEqual(refusalOf({ amount: '1', currency: 'USD' }), { code, param: 'currency' })
})

test('an unknown field is refused and not passed over', () => {
  const refusal = { code: 'request_malformed', param: 'amuont' }
  assert.deepEqual(refusalOf({ amount: '1', amuont: '2' }), refusal)
})

test('phone numbers are E.164', () => {
  assert.equal(phone.safeParse('+8613800001111').success, true)
  for (const text of ['13800001111', '+0123456', '+86 138', '']) {
    const parsed = phone.safeParse(text)
    assert.equal(problemOfIssues(parsed.error?.issues ?? []).code, 'phone_malformed', text)
  }
})

test('a page has 20 items unless told otherwise, and at most 100', () => {
  assert.deepEqual(pageQuery.parse({}), { limit: 20 })
  assert.deepEqual(pageQuery.parse({ limit: '5', starting_after: 'pay_1' }), {
    limit: 5,
    starting_after: 'pay_1',
  })
  assert.equal(pageQuery.safeParse({ limit: '101' }).success, false)
})

test('an ID number with a mistyped character is told apart from no ID number at all', () => {
  const codesOf = (text: string) =>
    idNumber.safeParse(text).error?.issues.map((issue) => 'params' in issue && issue.params)
  for (const right of ['110101199003071233', '11010519491231002X']) {
    assert.equal(idNumber.safeParse(right).success, true, right)
  }
  for (const mistyped of ['110101199003071234', '11010519491231002'.concat('1')]) {
    assert.deepEqual(codesOf(mistyped), [{ code: 'id_number_check_digit' }])
  }
  for (const none of ['', '11010119900307123', '11010519491231002x', '1101051949123100２X']) {
    assert.deepEqual(codesOf(none), [{ code: 'id_number_malformed' }])
  }
})
