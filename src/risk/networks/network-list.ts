import ipaddr from 'ipaddr.js'
import { fail, ok, type Result } from '#kernel'
import { rangeTable, type RangeRow, type RangeTable } from './range-table.ts'

/** What a network is used for. */
export const networkKinds = ['unknown', 'home', 'mobile', 'vpn', 'data_centre', 'tor'] as const
export type NetworkKind = (typeof networkKinds)[number]

export interface NetworkFacts {
  /** ISO 3166, two letters. */
  readonly country: string
  /** Number of the autonomous system; 0: not given. */
  readonly asn: number
  readonly kind: NetworkKind
}

/** Looks addresses up, and networks as we keep them: `203.0.113`, `2001:db8:1`. */
export interface NetworkList {
  readonly ranges: number
  /** undefined: not in the list, or no address. The narrowest range wins. */
  find(network: string): NetworkFacts | undefined
}

export interface NetworkListFault {
  readonly line: number
  readonly field: 'header' | 'cidr' | 'country' | 'asn' | 'kind' | 'line'
  readonly message: string
}

const header = 'cidr,country,asn,kind'
const mostFaults = 20
const mostLength = { ipv4: 32, ipv6: 64 } as const

/**
 * Reads `cidr,country,asn,kind` lines (a header first; empty lines and `#` are skipped). Errors:
 * the first faults by line and field; a list with one is not used at all.
 */
export function readNetworkList(text: string): Result<NetworkList, readonly NetworkListFault[]> {
  const faults: NetworkListFault[] = []
  const facts: NetworkFacts[] = []
  const rows = { ipv4: [] as RangeRow[], ipv6: [] as RangeRow[] }
  const known = new Map<string, number>()
  const lines = text.split('\n')
  if (lines[0]?.trim() !== header) {
    return fail([{ line: 1, field: 'header', message: `is not ${header}` }])
  }
  for (let at = 1; at < lines.length && faults.length < mostFaults; at += 1) {
    const line = lines[at]?.trim() ?? ''
    if (line === '' || line.startsWith('#')) continue
    const read = readLine(line)
    if ('field' in read) {
      faults.push({ line: at + 1, ...read })
      continue
    }
    const key = line.slice(line.indexOf(','))
    const index = known.get(key) ?? facts.push(read.facts) - 1
    known.set(key, index)
    rows[read.family].push({ ...read.range, value: index })
  }
  if (faults.length > 0) return fail(faults)
  return ok(listOf(facts, rangeTable(rows.ipv4, 32), rangeTable(rows.ipv6, 64)))
}

type Line =
  | Omit<NetworkListFault, 'line'>
  | {
      readonly family: 'ipv4' | 'ipv6'
      readonly range: Omit<RangeRow, 'value'>
      readonly facts: NetworkFacts
    }

function readLine(line: string): Line {
  const fields = line.split(',').map((field) => field.trim())
  if (fields.length !== 4) return { field: 'line', message: `has ${fields.length} fields, not 4` }
  const [cidr = '', country = '', asn = '', kind = ''] = fields
  if (!/^[A-Z]{2}$/.test(country)) return { field: 'country', message: 'is not two capitals' }
  if (!/^\d{0,10}$/.test(asn) || Number(asn) > 0xffff_ffff) {
    return { field: 'asn', message: 'is not a number of an autonomous system' }
  }
  const known = networkKinds.find((name) => name === kind)
  if (known === undefined) {
    return { field: 'kind', message: `is not one of ${networkKinds.join(', ')}` }
  }
  if (!ipaddr.isValidCIDR(cidr)) return { field: 'cidr', message: 'is not a range of addresses' }
  const [address, length] = ipaddr.parseCIDR(cidr)
  const family = address.kind()
  if (length > mostLength[family]) {
    return { field: 'cidr', message: `is narrower than /${mostLength[family]}` }
  }
  const bits = BigInt(mostLength[family])
  const first = startOf(address.toByteArray()) & ~((1n << (bits - BigInt(length))) - 1n)
  const range = { first, last: first + (1n << (bits - BigInt(length))) - 1n }
  return { family, range, facts: { country, asn: Number(asn), kind: known } }
}

/** The leading four bytes (IPv4) or eight (IPv6) as a number. */
function startOf(bytes: readonly number[]): bigint {
  let value = 0n
  for (const byte of bytes.slice(0, 8)) value = (value << 8n) | BigInt(byte)
  return value
}

function listOf(facts: readonly NetworkFacts[], ipv4: RangeTable, ipv6: RangeTable): NetworkList {
  return {
    ranges: ipv4.segments + ipv6.segments,
    find(network) {
      if (network.includes(':')) {
        const words = wordsOf(network)
        return words === undefined ? undefined : facts[ipv6.find(words.high, words.low)]
      }
      const value = quadOf(network)
      return value === undefined ? undefined : facts[ipv4.find(0, value)]
    },
  }
}

/** Three parts or four; three name the whole /24 by its first address. */
function quadOf(text: string): number | undefined {
  let value = 0
  let part = -1
  let parts = 0
  for (let at = 0; at <= text.length; at += 1) {
    const digit = at === text.length ? 46 : text.charCodeAt(at)
    if (digit === 46) {
      if (part < 0 || part > 255) return undefined
      value = value * 256 + part
      parts += 1
      part = -1
    } else {
      if (digit < 48 || digit > 57) return undefined
      part = (part < 0 ? 0 : part) * 10 + digit - 48
    }
  }
  if (parts === 3) return value * 256
  return parts === 4 ? value : undefined
}

/** The first four groups; our networks have three and no `::`, a whole address may have one. */
function wordsOf(text: string): { high: number; low: number } | undefined {
  const groups = text.split(':')
  if (text.includes('::') || groups.length > 3) {
    if (!ipaddr.IPv6.isValid(text)) return undefined
    const [a = 0, b = 0, c = 0, d = 0] = ipaddr.IPv6.parse(text).parts
    return { high: a * 65_536 + b, low: c * 65_536 + d }
  }
  const [a = 0, b = 0, c = 0] = groups.map((group) => Number.parseInt(group, 16))
  if (Number.isNaN(a + b + c)) return undefined
  return { high: a * 65_536 + b, low: c * 65_536 }
}
