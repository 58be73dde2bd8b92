import assert from 'node:assert/strict'
import { test } from 'node:test'
import { networkOf, simulatedNetwork } from './network-of.ts'

test('a network is the first three parts of an address, IPv4 or IPv6', () => {
  const cases: Record<string, string> = {
    '203.0.113.77': '203.0.113',
    '::ffff:203.0.113.77': '203.0.113',
    '2001:db8:1:2:3:4:5:6': '2001:db8:1',
    '2001:0db8:0001::1': '2001:db8:1',
    '2001:db8::1': '2001:db8:0',
    '::1': '0:0:0',
    'fe80::1%eth0': 'fe80:0:0',
    nonsense: 'unknown',
  }
  for (const [address, network] of Object.entries(cases)) {
    assert.equal(networkOf(address), network, address)
  }
})

test('a simulated device names a network and nothing else', () => {
  assert.equal(simulatedNetwork('198.51.100'), '198.51.100')
  assert.equal(simulatedNetwork('2001:db8:1'), '2001:db8:1')
  for (const text of ['', '198.51.100.7', 'home', '1.2', 'x'.repeat(100)]) {
    assert.equal(simulatedNetwork(text), undefined, text)
  }
})
