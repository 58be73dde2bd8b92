import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { createSeededRandom } from '#kernel'
import { createScratchFolder, removeScratchFolder } from '#test-support'
import { readConfig } from './config.ts'
import { findPepper, fitsSeal, installPepper, sealPepper } from './pepper-seal.ts'

const folder = createScratchFolder('pepper')
after(() => removeScratchFolder(folder))

function configOf(name: string, pepper?: string) {
  const config = readConfig(
    { COFFER_DATA: join(folder, name), ...(pepper !== undefined && { COFFER_PEPPER: pepper }) },
    folder,
  )
  assert.ok(config.ok)
  return config.value
}

test('a seal fits its pepper only and does not hold it', () => {
  const random = createSeededRandom(1)
  const seal = sealPepper('a pepper of some length', random)
  assert.ok(fitsSeal('a pepper of some length', seal))
  assert.equal(fitsSeal('a pepper of some lengtH', seal), false)
  assert.equal(JSON.stringify(seal).includes('pepper'), false)
  const again = sealPepper('a pepper of some length', random)
  assert.notEqual(again.digest, seal.digest, 'each backup has a salt of its own')
})

test('the pepper of the environment goes before that of the folder; none is made', () => {
  assert.equal(findPepper(configOf('empty')), null)
  const config = configOf('given', 'from the environment')
  assert.deepEqual(findPepper(config), {
    pepper: 'from the environment',
    where: 'COFFER_PEPPER',
  })
})

test('a pepper is put in place once, and never over another', () => {
  const config = configOf('new')
  installPepper(config, 'the one that was kept')
  installPepper(config, 'the one that was kept')
  const file = join(folder, 'new', 'pepper')
  assert.equal(readFileSync(file, 'utf8'), 'the one that was kept\n')
  assert.throws(() => installPepper(config, 'some other one here'), /is another pepper/)
  writeFileSync(file, 'changed meanwhile\n')
  assert.equal(findPepper(config)?.pepper, 'changed meanwhile')
})
