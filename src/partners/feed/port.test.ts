import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import Fastify, { type FastifyInstance } from 'fastify'
import { hour, sha256Hex } from '#kernel'
import { ways } from '../stage.fixture.ts'
import { createTaxiiFeed } from './http-adapter.ts'
import type { ThreatFeed } from './port.ts'
import { createFeedSimulator, type FeedSimulator } from './simulator.ts'
import { indicatorsOf, taxiiEnvelope } from './stix.ts'

const now = Date.parse('2026-03-02T01:00:00Z')

for (const way of ways) {
  describe(`a feed of threats, by ${way}`, () => {
    let simulator: FeedSimulator
    let feed: ThreatFeed
    let app: FastifyInstance

    before(async () => {
      simulator = createFeedSimulator()
      app = Fastify({ forceCloseConnections: true })
      await app.register(simulator.routes('pages'), { prefix: '/api' })
      const url = await app.listen({ host: '127.0.0.1', port: 0 })
      const options = { baseUrl: `${url}/api`, collection: 'pages', timeoutMs: 1_000 }
      feed = way === 'simulator' ? simulator : createTaxiiFeed(options)
    })
    after(() => app.close())

    async function listed(at = now): Promise<string[]> {
      const answer = await feed.readAll(at)
      assert.ok('value' in answer, JSON.stringify(answer))
      return answer.value.map(({ sha256 }) => sha256)
    }

    it('begins empty, and lists addresses and files by hash over all its pages', async () => {
      assert.deepEqual(await listed(), [])
      const urls = ['https://a.example/', "https://b.example/?q='x'\\y", 'https://c.example/']
      for (const url of urls) simulator.list({ url, from: now - hour })
      const file = sha256Hex('trojan')
      simulator.list({ fileSha256: file.toUpperCase(), from: now - hour })
      assert.deepEqual(await listed(), [...urls.map(sha256Hex), file])
    })

    it('leaves out what is over, not yet true, or revoked by a later version', async () => {
      const before = await listed()
      simulator.list({ url: 'https://over.example/', from: now - hour, until: now })
      simulator.list({ url: 'https://soon.example/', from: now + hour })
      simulator.list({ url: 'https://a.example/', from: now, revoked: true })
      const left = before.filter((hash) => hash !== sha256Hex('https://a.example/'))
      assert.deepEqual(await listed(), left)
      assert.ok((await listed(now + hour)).includes(sha256Hex('https://soon.example/')))
    })

    it('is an unknown, never an exception, when it fails, and comes back', async () => {
      const faults = [
        'timeout',
        'unavailable',
        'rate_limited',
        'malformed_answer',
        'refused',
        'not_found',
      ] as const
      for (const fault of faults) {
        simulator.setFault(fault)
        assert.deepEqual(await feed.readAll(now), { unknown: fault })
      }
      simulator.setFault(null)
      assert.ok('value' in (await feed.readAll(now)))
    })
  })
}

it('does not take half a list for a whole one, nor a part of a pattern for all of it', async () => {
  const reply = async (body: object) =>
    createTaxiiFeed({
      baseUrl: 'http://feed.example',
      collection: 'pages',
      mostPages: 3,
      fetch: async () => Response.json(body),
    }).readAll(now)
  assert.deepEqual(await reply({ more: true, objects: [] }), { unknown: 'malformed_answer' })
  const endless = await reply({ more: true, next: 'again', objects: [] })
  assert.deepEqual(endless, { unknown: 'malformed_answer' })
  const broken = await reply({ objects: [{ type: 'indicator', pattern: 7 }] })
  assert.deepEqual(broken, { unknown: 'malformed_answer' })
  const object = {
    type: 'indicator',
    spec_version: '2.1',
    id: 'indicator--00000000-0000-4000-8000-000000000000',
    modified: '2026-01-01T00:00:00Z',
    valid_from: '2026-01-01T00:00:00Z',
    pattern_type: 'stix',
  }
  const patterns = [
    ["[url:value = 'a' OR url:value = 'b']", 2],
    ["[url:value = 'a' AND process:pid = 3]", 0],
    ["[url:value = 'this AND that']", 1],
  ] as const
  for (const [pattern, count] of patterns) {
    const { objects } = taxiiEnvelope.parse({ objects: [{ ...object, pattern }] })
    assert.equal(indicatorsOf(objects, now).length, count, pattern)
  }
})
