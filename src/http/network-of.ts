/** A network as the demo and tests may claim it: `203.0.113` or `2001:db8:1`. */
const networkPattern = /^(\d{1,3}(\.\d{1,3}){2}|[0-9a-f]{1,4}(:[0-9a-f]{1,4}){2})$/

/**
 * The network an address belongs to: the first three parts of IPv4 (/24) or IPv6 (/48). People's
 * addresses change within it; a thief's is elsewhere.
 */
export function networkOf(address: string): string {
  const plain = address
    .toLowerCase()
    .replace(/^::ffff:(?=\d+\.)/, '')
    .replace(/%.*$/, '')
  if (/^\d+\.\d+\.\d+\.\d+$/.test(plain)) return plain.split('.').slice(0, 3).join('.')
  if (!plain.includes(':')) return 'unknown'
  const [head = '', tail] = plain.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after]
  return groups
    .slice(0, 3)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}

/** What a simulated device claims its network to be; undefined when it is none. */
export function simulatedNetwork(claimed: string): string | undefined {
  return networkPattern.test(claimed) ? claimed : undefined
}
