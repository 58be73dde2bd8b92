import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareName } from './compare-name.ts'

test('case, spaces, full width and the order of names are no difference', () => {
  for (const typed of [
    'Li Xiaoming',
    'li xiaoming',
    ' Xiaoming  Li ',
    'LIXIAOMING',
    'Ｌｉ Xiaoming',
  ]) {
    assert.equal(compareName(typed, 'Li Xiaoming'), 'match', typed)
  }
  assert.equal(compareName('李小明', '李小明'), 'match')
})

test('one letter of a long name is close, of a short one another person', () => {
  for (const typed of ['Li Xiaomin', 'Li Xiaomingg', 'Li Xiaoning']) {
    assert.equal(compareName(typed, 'Li Xiaoming'), 'close', typed)
  }
  assert.equal(compareName('李小红', '李小明'), 'no_match')
  assert.equal(compareName('Li Na', 'Li Ni'), 'no_match')
  assert.equal(compareName('', 'Li Na'), 'no_match')
  assert.equal(compareName('Wang Fang', 'Li Xiaoming'), 'no_match')
})
