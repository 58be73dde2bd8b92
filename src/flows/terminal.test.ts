import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createManualClock, hour, sha256Hex } from '#kernel'
import { createFeedSimulator } from '#partners'
import { createThreatLists, readNetworkList } from '#risk'
import { createAssessTerminal, createReadFeeds, withTravel } from './assess-terminal.ts'
import type { FlowContext } from './context.ts'
import { createRefreshFeeds } from './refresh-feeds.ts'

const start = Date.parse('2026-03-02T01:00:00Z')
const evil = 'https://coffer.example.evil/'

function stage() {
  const clock = createManualClock(start)
  const feed = createFeedSimulator()
  const read = readNetworkList(
    'cidr,country,asn,kind\n203.0.113.0/24,CN,1,home\n198.51.100.0/24,NL,2,tor\n',
  )
  assert(read.ok)
  const intelligence = {
    networks: read.value,
    threats: createThreatLists([{ name: 'pages', kind: 'url', maxAgeMs: 6 * hour }]),
    feeds: [{ name: 'pages', kind: 'url', feed }] as const,
  }
  const now = () => clock.now()
  const log = { info: () => {}, warn: () => {} }
  const context = { now, realNow: now, log, intelligence } as unknown as FlowContext
  return { clock, feed, context }
}

const quiet = {
  rooted: false,
  accessibilityAbuse: false,
  appTampered: false,
  appHashes: null,
  urlHashes: null,
}
const visited = { ...quiet, urlHashes: [sha256Hex(evil)] }

test('thief: his phishing page is on the feed, his network a TOR exit', async () => {
  const { context, feed } = stage()
  feed.list({ url: evil, from: start - hour })
  await createRefreshFeeds(context)()
  const facts = createAssessTerminal(context)(visited, '198.51.100')
  assert.equal(facts.phishing, 'yes')
  assert.equal(facts.networkKind, 'tor')
  assert.equal(facts.feedStale, false)
})

test('honest twin: another page, his own network, no report at all', async () => {
  const { context, feed } = stage()
  feed.list({ url: evil, from: start - hour })
  await createRefreshFeeds(context)()
  const assess = createAssessTerminal(context)
  const clean = assess({ ...quiet, urlHashes: [sha256Hex('https://news.example/')] }, '203.0.113')
  assert.equal(clean.phishing, 'no')
  assert.equal(clean.networkKind, 'home')
  assert.deepEqual(assess(quiet, 'unknown').phishing, 'unknown')
  const nothing = createAssessTerminal({ now: () => start })(visited, '198.51.100')
  assert.deepEqual([nothing.phishing, nothing.networkKind], ['unknown', 'unknown'])
})

test('a stale feed is shown and not trusted: the fact says stale', async () => {
  const { clock, context, feed } = stage()
  feed.list({ url: evil, from: start - hour })
  const refresh = createRefreshFeeds(context)
  await refresh()
  feed.setFault('unavailable')
  clock.advance(6 * hour)
  await refresh()
  const facts = createAssessTerminal(context)(visited, '203.0.113')
  assert.deepEqual([facts.phishing, facts.feedStale], ['unknown', true])
  const [shown] = createReadFeeds(context)().feeds
  assert.deepEqual([shown?.state, shown?.failure, shown?.entries], ['stale', 'unavailable', 1])
  feed.setFault(null)
  clock.advance(hour)
  await refresh()
  assert.equal(createReadFeeds(context)().feeds[0]?.state, 'fresh')
})

test('two places in one session: as fast as one had to travel, 0 where nobody knows', () => {
  const { context } = stage()
  const terminal = createAssessTerminal(context)(quiet, '198.51.100')
  const signals = { remoteControl: false, callInProgress: false, emulator: false, terminal }
  const from = (network: string, hoursAgo: number) =>
    withTravel(context, signals, {
      network: '198.51.100',
      before: { network, at: start - hoursAgo * hour },
    }).terminal?.travelKmh ?? -1
  assert(from('203.0.113', 0.5) > 10_000)
  assert(from('203.0.113', 12) < 900)
  assert.equal(from('198.51.100', 0.5), 0)
  assert.equal(from('192.0.2', 0.5), 0)
})
