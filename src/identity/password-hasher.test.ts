import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPasswordHasher } from './password-hasher.ts'

const cost = { memoryKiB: 256, iterations: 1 }
const hasher = createPasswordHasher({ ...cost, pepper: 'a pepper of the tests' })

test('a password fits its own hash only, and hashes are salted argon2id', async () => {
  const [one, two] = await Promise.all([hasher.hash('correct horse'), hasher.hash('correct horse')])
  assert.match(one, /^\$argon2id\$v=19\$m=256,t=1,p=1\$/)
  assert.notEqual(one, two)
  assert.equal(await hasher.verify(one, 'correct horse'), true)
  assert.equal(await hasher.verify(one, 'correct horsf'), false)
})

test('a text that is no hash fits nothing instead of failing', async () => {
  assert.equal(await hasher.verify('not a hash', 'correct horse'), false)
  assert.equal(await hasher.verifyNothing('correct horse'), false)
})

test('a fingerprint depends on the pepper, the purpose and the text', () => {
  const other = createPasswordHasher({ ...cost, pepper: 'some other pepper here' })
  const seen = new Set([
    hasher.fingerprint('code', '123456'),
    hasher.fingerprint('code', '123457'),
    hasher.fingerprint('id_number', '123456'),
    other.fingerprint('code', '123456'),
  ])
  assert.equal(seen.size, 4)
  assert.equal(hasher.fingerprint('code', '123456').length, 64)
})

test('a short pepper is refused', () => {
  assert.throws(() => createPasswordHasher({ ...cost, pepper: 'short' }), /pepper/)
})
