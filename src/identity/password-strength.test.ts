import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passwordWeak } from './password-strength.ts'

const owner = { phone: '+8613800000001', name: 'Zhang Wei Guo' }

test('a long sentence is strong, whatever signs it has', () => {
  assert.equal(passwordWeak('correct horse battery', owner), false)
  assert.equal(passwordWeak('春眠不觉晓处处闻啼鸟夜来', owner), false)
})

test('short, common, repeated, or about the owner is weak', () => {
  const weak = [
    'short one',
    '1234567890',
    'QWERTYUIOP',
    'abababababab',
    'zhangweiguo',
    'ZhangWeiGuo1990',
  ]
  for (const password of [...weak, '13800000001', 'x8613800000001x']) {
    assert.equal(passwordWeak(password, owner), true, password)
  }
})
