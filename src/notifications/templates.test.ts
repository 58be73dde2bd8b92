import assert from 'node:assert/strict'
import { test } from 'node:test'
import { templates, wordsOf, type Template } from './templates.ts'

test('every template says what happened in whole sentences', () => {
  for (const [name, template] of Object.entries<Template>(templates)) {
    assert.match(template.title, /^\p{Lu}/u, name)
    assert.match(template.text, /[.?]$/, name)
  }
})

test('whatever warns of SMS refers to the carrier', () => {
  for (const name of [
    'reset_refused_sms',
    'sms_forwarded',
    'sim_swapped',
    'sms_silence',
  ] as const) {
    assert.equal(wordsOf(name, { device: 'Phone' }).callCarrier, true)
    assert.match(wordsOf(name, { device: 'Phone' }).text, /mobile operator/)
  }
})

test('parameters are put in their places and missing ones are visible', () => {
  const text = (amount: string) => wordsOf('payment_denied', { amount, payee: 'L**' }).text
  assert.match(text('20.00'), /send ¥20\.00 to L\*\*/)
  assert.match(text('1234567.89'), /send ¥1,234,567\.89 to/)
  assert.match(wordsOf('payment_denied', { amount: '20.00' }).text, /to …/)
})

test('a template that is gone still shows something', () => {
  assert.equal(wordsOf('long_gone', {}).title, 'long_gone')
})
