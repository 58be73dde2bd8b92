import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { errorCodes, problems, type ErrorCode } from './problems.ts'

/** The reference lies in the checkout, above this file or above its build in dist. */
function reference(): string {
  const places = ['../../docs/reference/errors.md', '../../../docs/reference/errors.md']
  for (const place of places) {
    try {
      return readFileSync(new URL(place, import.meta.url), 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
  throw new Error('docs/reference/errors.md not found')
}

const rows = [...reference().matchAll(/^\| `([a-z_]+)` \| (\d{3}) \| (.+?) \| (.+) \|$/gm)]

test('every error code is described, and every described code exists', () => {
  const described = rows.map(([, code]) => code)
  const byName = (a: string | undefined, b: string | undefined) => (String(a) < String(b) ? -1 : 1)
  assert.deepEqual(described.toSorted(byName), errorCodes.toSorted(byName))
})

test('the reference tells status, title and detail as the server does', () => {
  for (const [, code, status, title, detail] of rows) {
    const entry = problems[code as ErrorCode]
    assert.deepEqual({ status: Number(status), title, detail }, { ...entry }, code)
  }
})

test('titles are short and details are sentences', () => {
  for (const code of errorCodes) {
    const { title, detail } = problems[code]
    assert.ok(title.length <= 40 && !title.endsWith('.'), code)
    assert.match(detail, /\.$/, code)
  }
})
