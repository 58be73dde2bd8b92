/** GB18030 as Node's own decoder knows it, and its inverse. */
const decoder = new TextDecoder('gb18030', { fatal: true, ignoreBOM: true })
const ascii = new TextEncoder()

/** The text of bytes; null when they are no GB18030 (a character cut in two, a stray byte). */
export function decodeGb18030(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}

/** The bytes of a text; null when it has a character that GB18030 gives no code of its own. */
export function encodeGb18030(text: string): Uint8Array | null {
  // oxlint-disable-next-line no-control-regex -- all of ASCII is one byte each
  if (/^[\u0000-\u007f]*$/.test(text)) return ascii.encode(text)
  const bytes: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x80) bytes.push(code)
    else if (code >= 0x1_0000) bytes.push(...fourBytes(code - 0x1_0000, 0x90))
    else {
      const known = reverseTable().get(code)
      if (known === undefined) return null
      bytes.push(...known)
    }
  }
  return Uint8Array.from(bytes)
}

let table: ReadonlyMap<number, readonly number[]> | undefined

/**
 * Node has no encoder. The basic plane has no formula, so its table is read off the decoder once
 * (63,000 codes, some 20 ms); the planes above follow one another in four bytes from 90 30 81 30.
 */
function reverseTable(): ReadonlyMap<number, readonly number[]> {
  table ??= new Map([...fourByteCodes(), ...twoByteCodes()].flatMap(entryOf))
  return table
}

/** A code of the basic plane under its character, if the decoder knows exactly one for it. */
function entryOf(bytes: readonly number[]): [number, readonly number[]][] {
  const text = decodeGb18030(Uint8Array.from(bytes))
  if (text === null || text.length !== 1 || text === '\uFFFD') return []
  const code = text.charCodeAt(0)
  return code < 0x80 ? [] : [[code, bytes]]
}

/** They come last into the table: where a character has both, the short code is the usual one. */
function* twoByteCodes(): Generator<readonly number[]> {
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail !== 0x7f) yield [lead, trail]
    }
  }
}

/** Codes 81 30 81 30 to 84 31 A4 39: the rest of the basic plane. */
function* fourByteCodes(): Generator<readonly number[]> {
  for (let index = 0; index < 39_420; index += 1) yield fourBytes(index, 0x81)
}

/** The four bytes at a distance from `lead` 30 81 30; the digits count 10, 126, 10 and on. */
function fourBytes(index: number, lead: number): readonly number[] {
  return [
    lead + Math.floor(index / 12_600),
    0x30 + (Math.floor(index / 1_260) % 10),
    0x81 + (Math.floor(index / 10) % 126),
    0x30 + (index % 10),
  ]
}
