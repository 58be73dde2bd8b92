import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { createScratchFolder, removeScratchFolder } from '#test-support'
import { openBreachList } from './breach-list.ts'

const folder = createScratchFolder('breach')
after(() => removeScratchFolder(folder))

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex').toUpperCase()

function listOf(lines: readonly string[], end = '\n'): string {
  const file = join(folder, `list-${lines.length}-${end.length}`)
  writeFileSync(file, lines.length === 0 ? '' : lines.join(end) + end)
  return file
}

test('every password of a list is found, wherever it stands, and no other', () => {
  for (const count of [0, 1, 2, 3, 100, 1_000]) {
    const leaked = Array.from({ length: count }, (_, n) => `leaked password ${n}`)
    for (const end of ['\n', '\r\n']) {
      const lines = leaked.map((text, n) => (n % 2 === 0 ? `${sha1(text)}:${n}` : sha1(text)))
      const list = openBreachList(listOf(lines.toSorted(), end))
      for (const text of leaked) assert.ok(list.has(text), `${text} of ${count}`)
      for (let n = 0; n < 200; n += 1) assert.ok(!list.has(`own password ${n}`))
      list.close()
    }
  }
})

test('a list of prefixes finds whole passwords', () => {
  const lines = ['one', 'two', 'three'].map((text) => sha1(text).slice(0, 12)).toSorted()
  const list = openBreachList(listOf(lines))
  assert.ok(list.has('one') && list.has('two') && list.has('three'))
  assert.ok(!list.has('four'))
  list.close()
})

test('what is no list of SHA-1 is refused when it is opened', () => {
  const file = join(folder, 'words')
  writeFileSync(file, 'password\nqwerty\n')
  assert.throws(() => openBreachList(file), /no SHA-1/)
  assert.throws(() => openBreachList(join(folder, 'nothing here')), /ENOENT/)
})
