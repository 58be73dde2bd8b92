import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { describe, it } from 'node:test'
import { findRoot } from './source-tree.ts'

/** The architecture has its own test, with a better message than a list. */
const pieces = {
  types: 'the server and the pages have no type errors',
  lint: 'the linter has nothing to say',
  format: 'every file is formatted',
  unused: 'no file, export or dependency is unused',
}

describe('npm run check', () => {
  for (const [piece, sentence] of Object.entries(pieces)) {
    it(sentence, () => {
      const done = spawnSync(process.execPath, ['bin/check.js', piece], {
        cwd: findRoot(),
        encoding: 'utf8',
      })
      assert.equal(done.status, 0, `npm run check -- ${piece}\n${done.stdout}${done.stderr}`)
    })
  }
})
