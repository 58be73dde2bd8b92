/** JSON with bigint: `5n` is written as `{"$n":"5"}`, so stored answers come back unchanged. */
export function encodeJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'bigint' ? { $n: item.toString() } : item,
  )
}

export function decodeJson(text: string): unknown {
  if (!text.includes('"$n"')) return JSON.parse(text)
  return JSON.parse(text, (_key, item: unknown) => {
    if (item !== null && typeof item === 'object' && '$n' in item) return BigInt(String(item.$n))
    return item
  })
}
