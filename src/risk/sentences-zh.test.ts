import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInPolicies } from './policies/built-in-policies.ts'
import { listSentences } from './lists/list-verdict.ts'
import { allRules } from './rules/all-rules.ts'
import { sentencesZh } from './sentences-zh.ts'

test('every reason code has a sentence in both languages and one for the analyst', () => {
  const policies = Object.values(builtInPolicies)
  const rules = [
    ...allRules,
    ...policies.flatMap(({ rules: all }) => all),
    ...policies.flatMap(({ typologies = [] }) => typologies),
    ...Object.values(listSentences),
  ]
  for (const { code, sentence, analystSentence } of rules) {
    assert(sentence.length > 10 && analystSentence.length > 10, code)
    assert.match(sentencesZh[code] ?? '', /^\p{Script=Han}.*[。]$/u, code)
  }
  const codes = new Set(rules.map(({ code }) => code))
  assert.deepEqual(
    Object.keys(sentencesZh).filter((code) => !codes.has(code)),
    [],
  )
})

test('what a customer reads names no figure a thief could learn from', () => {
  for (const [code, sentence] of Object.entries(sentencesZh)) assert(!/\d/.test(sentence), code)
})
