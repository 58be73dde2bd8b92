import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hour, sha256Hex } from '#kernel'
import { createThreatLists } from './threat-lists.ts'

const plan = { name: 'pages', kind: 'url', maxAgeMs: 6 * hour } as const
const bad = sha256Hex('https://coffer.example.evil/')
const good = sha256Hex('https://news.example/')
const start = 1_000_000_000

test('a fresh feed says yes or no; an old one, or one never read, says that nobody knows', () => {
  const lists = createThreatLists([plan])
  const ask = (hash: string, now: number) => lists.match('url', [hash], now)
  assert.deepEqual(ask(bad, start), { signal: 'unknown', stale: true })
  lists.replace('pages', { hashes: [bad], at: start })
  assert.deepEqual(ask(bad, start), { signal: 'yes', stale: false })
  assert.deepEqual(ask(good, start), { signal: 'no', stale: false })
  const late = start + 6 * hour
  assert.deepEqual(ask(bad, late), { signal: 'unknown', stale: true })
  assert.deepEqual(ask(good, late), { signal: 'unknown', stale: true })
})

test('a feed that fails keeps what it listed, and says so, until it is too old', () => {
  const lists = createThreatLists([plan])
  lists.replace('pages', { hashes: [bad], at: start })
  lists.fail('pages', 'timeout')
  const later = start + hour
  assert.equal(lists.match('url', [bad], later).signal, 'yes')
  assert.deepEqual(lists.health(later), [
    { ...plan, entries: 1, readAt: start, failure: 'timeout', state: 'fresh' },
  ])
  assert.equal(lists.health(start + 7 * hour)[0]?.state, 'stale')
})

test('one stale feed beside a fresh one: a hit is a hit, no hit is not known', () => {
  const lists = createThreatLists([plan, { ...plan, name: 'more' }])
  lists.replace('pages', { hashes: [bad], at: start })
  assert.deepEqual(lists.match('url', [bad], start), { signal: 'yes', stale: true })
  assert.deepEqual(lists.match('url', [good], start), { signal: 'unknown', stale: true })
})

test('what was not reported, or no feed is read for, is unknown and nobody’s fault', () => {
  const lists = createThreatLists([plan])
  lists.replace('pages', { hashes: [bad], at: start })
  assert.deepEqual(lists.match('url', null, start), { signal: 'unknown', stale: false })
  assert.deepEqual(lists.match('file', [bad], start), { signal: 'unknown', stale: false })
})

test('the list holds exactly what was put into it', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.string(), (listed, asked) => {
      const lists = createThreatLists([plan])
      lists.replace('pages', { hashes: listed.map(sha256Hex), at: start })
      const { signal } = lists.match('url', [sha256Hex(asked)], start)
      assert.equal(signal, listed.includes(asked) ? 'yes' : 'no')
    }),
  )
})
