import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { stopwatch } from '#kernel'
import { readNetworkList } from './network-list.ts'
import { rangeTable, type RangeRow } from './range-table.ts'

const header = 'cidr,country,asn,kind'

function listOf(...lines: string[]) {
  const list = readNetworkList([header, ...lines].join('\n'))
  assert(list.ok, JSON.stringify(list))
  return list.value
}

test('an address is found in the narrowest range around it, IPv4 and IPv6', () => {
  const list = listOf(
    '203.0.0.0/8,CN,4134,home',
    '# a hole in it',
    '203.0.113.0/24,DE,24940,data_centre',
    '',
    '203.0.113.128/25,DE,0,tor',
    '2001:db8::/32,JP,2497,mobile',
    '2001:db8:1::/48,US,7922,vpn',
  )
  assert.deepEqual(list.find('203.0.112'), { country: 'CN', asn: 4134, kind: 'home' })
  assert.equal(list.find('203.0.113')?.kind, 'data_centre')
  assert.equal(list.find('203.0.113.200')?.kind, 'tor')
  assert.equal(list.find('203.0.114.0')?.kind, 'home')
  assert.equal(list.find('204.0.0.0'), undefined)
  assert.equal(list.find('2001:db8:1')?.country, 'US')
  assert.equal(list.find('2001:db8:1::7')?.country, 'US')
  assert.equal(list.find('2001:db8:2')?.country, 'JP')
  assert.equal(list.find('2002:1:1'), undefined)
  for (const odd of ['unknown', '', '1.2', '1.2.3.4.5', '300.1.1', 'zz:1:1', 'a:b:c:d:e']) {
    assert.equal(list.find(odd), undefined, odd)
  }
})

test('a bad line is named by line and field, and the list is not used', () => {
  const bad = readNetworkList(
    [
      header,
      '203.0.113.0/24,CN,4134,home',
      '203.0.113.0/33,CN,4134,home',
      '203.0.113.0/24,China,4134,home',
      '203.0.113.0/24,CN,AS1,home',
      '203.0.113.0/24,CN,4134,office',
      '203.0.113.0/24,CN',
      '2001:db8::/65,CN,1,home',
    ].join('\r\n'),
  )
  assert(!bad.ok)
  assert.deepEqual(
    bad.error.map(({ line, field }) => [line, field]),
    [
      [3, 'cidr'],
      [4, 'country'],
      [5, 'asn'],
      [6, 'kind'],
      [7, 'line'],
      [8, 'cidr'],
    ],
  )
  const headless = readNetworkList('203.0.113.0/24,CN,4134,home')
  assert(!headless.ok && headless.error[0]?.field === 'header')
})

const anyRange: fc.Arbitrary<RangeRow> = fc
  .record({ at: fc.nat({ max: 255 }), length: fc.nat({ max: 8 }), value: fc.nat({ max: 9 }) })
  .map(({ at, length, value }) => {
    const size = 1 << (8 - length)
    const first = Math.floor(at / size) * size
    return { first: BigInt(first), last: BigInt(first + size - 1), value }
  })

test('segments say what a search through all ranges says', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(anyRange, { selector: ({ first, last }) => `${first}-${last}` }),
      (rows) => {
        const table = rangeTable(rows, 8)
        for (let address = 0; address < 256; address += 1) {
          const around = rows
            .filter(({ first, last }) => first <= address && address <= last)
            .toSorted((a, b) => Number(a.last - a.first - (b.last - b.first)))
          assert.equal(table.find(0, address), around[0]?.value ?? -1)
        }
      },
    ),
  )
})

test('a lookup among 200,000 ranges takes less than 2 microseconds', () => {
  const lines = Array.from({ length: 200_000 }, (_, n) => {
    const [a, b, c] = [(n >> 16) + 1, (n >> 8) & 255, n & 255]
    return `${a}.${b}.${c}.0/24,CN,${n % 900},home`
  })
  const read = readNetworkList([header, ...lines].join('\n'))
  assert(read.ok)
  const list = read.value
  const asked = Array.from(
    { length: 1_000 },
    (_, n) => `${(n % 4) + 1}.${n % 256}.${(n * 7) % 256}`,
  )
  let found = 0
  const round = () => {
    const took = stopwatch()
    for (let turn = 0; turn < 10; turn += 1) {
      for (const network of asked) if (list.find(network) !== undefined) found += 1
    }
    return (took() * 1_000) / (10 * asked.length)
  }
  // The best of many: what a lookup costs, not what else the machine is doing.
  const microseconds = Math.min(...Array.from({ length: 30 }, round))
  assert(found > 0)
  assert(microseconds < 2, `${microseconds} us`)
})
