import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSeededRandom, systemRandom } from '#kernel'
import {
  csrfFits,
  csrfTokenOf,
  newCode,
  newToken,
  operatorSessionIdOf,
  sessionIdOf,
} from './secret-token.ts'

test('a token has 256 bits and fits into a cookie', () => {
  const token = newToken(systemRandom)
  assert.match(token, /^[A-Za-z0-9_-]{43}$/)
  assert.notEqual(token, newToken(systemRandom))
})

test('a session of staff and one of a customer never share an id', () => {
  const token = newToken(createSeededRandom(1))
  assert.match(sessionIdOf(token), /^ses_[0-9a-f]{64}$/)
  assert.notEqual(sessionIdOf(token).slice(4), operatorSessionIdOf(token).slice(4))
})

test('a CSRF token fits its session only', () => {
  const [mine, other] = ['token one', 'token two']
  assert.equal(csrfFits(mine, csrfTokenOf(mine)), true)
  assert.equal(csrfFits(mine, csrfTokenOf(other)), false)
  assert.equal(csrfFits(mine, undefined), false)
  assert.equal(csrfFits(mine, ''), false)
})

test('a code has six digits, also when it begins with noughts', () => {
  const random = createSeededRandom(3)
  for (let n = 0; n < 2_000; n += 1) assert.match(newCode(random), /^\d{6}$/)
})
