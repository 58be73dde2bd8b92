import assert from 'node:assert/strict'
import { test } from 'node:test'
import { maskName, maskPhone } from './mask.ts'

test('a masked phone shows its beginning and its last four digits', () => {
  assert.equal(maskPhone('+8613812345678'), '+86138****5678')
  assert.equal(maskPhone('+12345'), '+1****2345')
})

test('a masked name shows one sign and does not tell its length', () => {
  assert.equal(maskName('Li'), 'L*')
  assert.equal(maskName('张伟'), '张*')
  assert.equal(maskName('Bartholomew'), 'B***')
})
