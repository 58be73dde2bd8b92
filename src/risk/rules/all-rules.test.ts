import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { compilePolicy } from '../compile-policy.ts'
import { decide } from '../decide.ts'
import { factsWith } from '../facts.fixture.ts'
import type { Facts } from '../facts.ts'
import { policyToday } from '../policies/policy-today.ts'
import { reasonOf } from '../reason.ts'
import type { Rule } from '../rule.ts'
import { allRules } from './all-rules.ts'
import { ruleCases } from './rule-cases.fixture.ts'

function rulesHit(facts: Facts): readonly string[] {
  const policy = compilePolicy(policyToday)
  assert(policy.ok)
  return decide(facts, policy.value).reasons.map(({ rule }) => rule)
}

describe('each rule', () => {
  for (const rule of allRules) {
    const found = ruleCases[rule.id]
    test(`${rule.id} hits the thief it was written for and not his honest twin`, () => {
      assert(found !== undefined, 'has no cases')
      assert(rulesHit(factsWith(found.thief)).includes(rule.id), 'misses the thief')
      for (const twin of found.honest) {
        assert(!rulesHit(factsWith({ ...found.thief, ...twin })).includes(rule.id), 'hits a twin')
      }
      assert(found.honest.length > 0)
    })
  }
})

test('there are cases for no rule that does not exist', () => {
  const ids = new Set(allRules.map(({ id }) => id))
  assert.deepEqual(
    Object.keys(ruleCases).filter((id) => !ids.has(id)),
    [],
  )
})

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
