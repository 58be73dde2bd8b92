import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { factsWith } from '../facts.fixture.ts'
import { policyToday } from '../policies/policy-today.ts'
import { reasonOf } from '../reason.ts'
import type { Rule } from '../rule.ts'
import { allRules } from './all-rules.ts'

test('every rule has a test file of its own, and there is none without a rule', async () => {
  const files = await readdir(new URL('.', sourceUrl()))
  const tested = files.flatMap((file) => /^(.+)\.test\.ts$/.exec(file)?.[1] ?? [])
  const ids = allRules.map(({ id }) => id)
  assert.deepEqual(tested.filter((id) => id !== 'all-rules').toSorted(byName), ids.toSorted(byName))
})

function byName(a: string, b: string): number {
  return a < b ? -1 : 1
}

test('ids and codes are unique, sentences are whole, and detections 1 to 13 are covered', () => {
  assert.equal(new Set(allRules.map(({ id }) => id)).size, allRules.length)
  assert.equal(new Set(allRules.map(({ code }) => code)).size, allRules.length)
  for (const { thief, sentence, analystSentence } of allRules) {
    for (const text of [thief, sentence, analystSentence]) assert.match(text, /^[A-Z].*[.?]$/)
  }
  const covered = new Set(allRules.map(({ detection }) => detection))
  for (let detection = 1; detection <= 13; detection += 1) assert(covered.has(detection))
})

test('no rule or policy knows the scenario: no ids, no amounts that only fit it', () => {
  for (const { when } of allRules) assert.doesNotMatch(when, /cus_|dev_|pay_|\d{4,}/)
})

test('docs/reference/rules.md lists every rule as it is', async () => {
  const file = new URL('../../../docs/reference/rules.md', sourceUrl())
  const text = await readFile(file, 'utf8')
  for (const rule of allRules) {
    assert(
      text.includes(referenceRow(rule)),
      `${rule.id} is missing or differs; expected:\n${referenceRow(rule)}`,
    )
  }
  const listed = text.split('\n').filter((line) => line.startsWith('| `'))
  assert.equal(listed.length, allRules.length)
})

test('docs/reference/rules.md lists the typologies of today as they are', async () => {
  const text = await readFile(new URL('../../../docs/reference/rules.md', sourceUrl()), 'utf8')
  const expected = (policyToday.typologies ?? []).map((typology) => {
    const { id, code, steps, alertFrom, interdictFrom, interdiction, rules } = typology
    const terms = rules.map(({ rule, weight }) => `${rule} ${weight}`).join(', ')
    const from = `alert ${alertFrom}, interdiction ${interdictFrom} ${interdiction}`
    return `- ${id} (${code}; ${steps.join(', ')}): ${from}: ${terms}`
  })
  const listed = text.split('\n').filter((line) => /^[-*] [a-z-]+ \([A-Z_]+;/.test(line))
  assert.deepEqual(
    listed.map((line) => line.replace(/^\*/, '-')),
    expected,
  )
})

/** The built test runs below dist/, which mirrors the tree one level deeper. */
function sourceUrl(): string {
  return import.meta.url.replace('/dist/src/', '/src/')
}

function referenceRow(rule: Rule): string {
  const { code, detection, steps, points, floor, thief } = rule
  const { observed, threshold } = reasonOf(rule, factsWith(), policyToday)
  assert(observed !== '' && threshold !== '')
  const cells = [`\`${rule.id}\``, code, detection, steps.join(', '), points, floor ?? '-']
  return `| ${[...cells, `${rule.observed} / ${threshold}`, thief].join(' | ')} |`
}
