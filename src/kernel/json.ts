/** JSON with bigint: `5n` is written as `{"$n":"5"}`, so stored answers come back unchanged. */
export function encodeJson(value: unknown): string {
  return JSON.stringify(withoutBigint(value))
}

/** The value itself when there is no bigint in it; what holds one is copied. */
function withoutBigint(value: unknown): unknown {
  if (typeof value === 'bigint') return { $n: value.toString() }
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) {
    return value.some(holdsBigint) ? value.map(withoutBigint) : value
  }
  if (!holdsBigint(value)) return value
  const copy: Record<string, unknown> = {}
  for (const [name, item] of Object.entries(value)) copy[name] = withoutBigint(item)
  return copy
}

function holdsBigint(value: unknown): boolean {
  if (typeof value === 'bigint') return true
  if (value === null || typeof value !== 'object') return false
  // for-in, not values(): this runs for every answer, and most hold no bigint.
  for (const name in value) {
    if (holdsBigint((value as Record<string, unknown>)[name])) return true
  }
  return false
}

export function decodeJson(text: string): unknown {
  if (!text.includes('"$n"')) return JSON.parse(text)
  return JSON.parse(text, (_key, item: unknown) => {
    if (item !== null && typeof item === 'object' && '$n' in item) return BigInt(String(item.$n))
    return item
  })
}
