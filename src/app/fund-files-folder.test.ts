import assert from 'node:assert/strict'
import { truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createScratchFolder, removeScratchFolder } from '#test-support'
import { readFundFolder } from './fund-files-folder.ts'

test('a file above the limit is named and not read; the others are', () => {
  const folder = createScratchFolder('fund-files')
  try {
    const names = ['05', '06', '07'].map((type) => `OFD_TA_COFFER_20260302_${type}_001.TXT`)
    const [large = '', just = '', small = ''] = names
    for (const name of [...names, 'notes.txt']) writeFileSync(join(folder, name), 'OFDCFDAT')
    // Sparse: a terabyte that nobody could hold in memory.
    truncateSync(join(folder, large), 1e12)
    truncateSync(join(folder, just), 1_000)
    const { files, tooLarge } = readFundFolder(folder, 1_000)
    assert.deepEqual(tooLarge, [{ name: large, size: 1e12 }])
    assert.deepEqual(
      files.map(({ name, bytes }) => [name, bytes.length]),
      [
        [just, 1_000],
        [small, 8],
      ],
    )
  } finally {
    removeScratchFolder(folder)
  }
})
