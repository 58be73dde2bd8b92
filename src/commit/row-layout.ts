import { invariant } from '#kernel'
import type { ByteArena } from './byte-arena.ts'
import type { FieldType, RecordKind } from './record.ts'

/** 32-bit numbers at the head of every row; then come the fields, eight bytes each. */
export const headAt = {
  nulls: 0,
  version: 1,
  /** The batch that put it there. */
  batch: 2,
  /** 1: looked at since the hand of `evict` last came by. */
  used: 3,
  /** Which of the kinds that share the row are known. */
  kinds: 4,
  /** Nulls of the fields that the first word has no bits for. */
  moreNulls: 5,
} as const
const headSlots = 3
/** A row's nulls are the bits of two 32-bit numbers. */
const wordBits = 32
const mostFields = 2 * wordBits

export interface Field {
  readonly name: string
  readonly kept: 'double' | 'bigint' | 'boolean' | 'bytes' | 'object'
  /** Which 8-byte slot of the row, or which of its objects. */
  readonly at: number
  /** Which word of the head has its null bit. */
  readonly nulls: number
  readonly bit: number
}

export interface KindLayout {
  readonly fields: readonly Field[]
  readonly bit: number
  readonly read: ReadRecord
}

/** Makes the record of a row. */
export type ReadRecord = (place: RowPlace, id: string) => object

export interface Layout {
  readonly kinds: ReadonlyMap<RecordKind<object>, KindLayout>
  /** 8-byte slots of a row. */
  readonly slots: number
  readonly objects: number
}

/** The same memory, seen as what each field needs. */
export interface Chunk {
  readonly words: Uint32Array
  readonly doubles: Float64Array
  readonly bigints: BigInt64Array
  readonly objects: unknown[]
}

/** A row of a chunk, and all it takes to read or write it. */
export interface RowPlace {
  readonly chunk: Chunk
  readonly row: number
  readonly layout: Layout
  readonly arena: ByteArena
  /** The batch that writes; cells it gives up are its. */
  readonly batch: number
}

/** The row of kinds that have the same keys, one field after the other. */
export function layOut(kinds: readonly RecordKind<object>[]): Layout {
  let slots = headSlots
  let objects = 0
  let bit = 0
  const drafts: { kind: RecordKind<object>; fields: Field[]; bit: number }[] = []
  for (const [position, kind] of kinds.entries()) {
    const entries = Object.entries<FieldType>(kind.fields)
    const fields: Field[] = []
    for (const [name, type] of entries) {
      if (name === kind.key) continue
      const kept = keptAs(type)
      const nulls = bit < wordBits ? headAt.nulls : headAt.moreNulls
      const at = kept === 'object' ? objects : slots
      fields.push({ name, kept, at, nulls, bit: 1 << (bit % wordBits) })
      bit += 1
      if (kept === 'object') objects += 1
      // Bytes take two: the place of their cell, and their length plus one.
      else slots += kept === 'bytes' ? 2 : 1
    }
    drafts.push({ kind, fields, bit: 1 << position })
  }
  invariant(bit <= mostFields, `a row of more than ${mostFields} fields: ${kinds[0]?.name}`)
  const kindLayouts = drafts.map(({ kind, fields, bit: own }) => {
    const read = compileReader(kind.key, fields, { slots, objects })
    return [kind, { fields, bit: own, read }] as const
  })
  return { kinds: new Map(kindLayouts), slots, objects }
}

function keptAs(type: FieldType): Field['kept'] {
  switch (type) {
    case 'bigint':
    case 'boolean':
    case 'bytes':
      return type
    case 'integer':
    case 'number':
    case 'instant':
      return 'double'
    case 'text':
    case 'json':
      return 'object'
  }
}

export function newChunk({ slots, objects }: Layout, rows: number): Chunk {
  const memory = new ArrayBuffer(rows * slots * 8)
  return {
    words: new Uint32Array(memory),
    doubles: new Float64Array(memory),
    bigints: new BigInt64Array(memory),
    objects: Array.from({ length: rows * objects }, () => null),
  }
}

/**
 * A function that makes a kind's record in one object literal. Written as text and compiled, since
 * setting fields one by one by name took a tenth of a payment's time. Names come from the program's
 * own record kinds, never from outside.
 */
function compileReader(
  key: string,
  fields: readonly Field[],
  { slots, objects }: { slots: number; objects: number },
): ReadRecord {
  const lines = fields.map(({ name, kept, at, nulls, bit }) => {
    const value = {
      object: `o[f + ${at}]`,
      double: `d[s + ${at}]`,
      bigint: `b[s + ${at}]`,
      boolean: `d[s + ${at}] === 1`,
      bytes: `arena.read(d[s + ${at}], d[s + ${at + 1}] - 1)`,
    }[kept]
    return `${name}: (words[s * 2 + ${nulls}] & ${bit}) === 0 ? ${value} : null`
  })
  const body = `const { doubles: d, bigints: b, objects: o, words } = chunk
    const s = row * ${slots}, f = row * ${objects}
    return { ${[`${key}: id`, ...lines].join(', ')} }`
  // oxlint-disable-next-line typescript/no-implied-eval, no-new-func -- own text only, see above
  return new Function('{ chunk, row, arena }', 'id', body) as ReadRecord
}

/** Writes the fields of one record; those of its row mates stay as they are. */
export function storeRecord(record: object, fields: readonly Field[], place: RowPlace): void {
  const { chunk, row, layout, arena } = place
  const { doubles, bigints, objects, words } = chunk
  const slot = row * layout.slots
  const first = row * layout.objects
  for (let i = 0; i < fields.length; i += 1) {
    const field = fields[i] as Field
    const { name, kept, at, nulls, bit } = field
    const head = slot * 2 + nulls
    const value = (record as Record<string, unknown>)[name]
    if (value === null || value === undefined) {
      words[head] = (words[head] ?? 0) | bit
      clearField(place, field)
      continue
    }
    words[head] = (words[head] ?? 0) & ~bit
    if (kept === 'object') objects[first + at] = value
    else if (kept === 'double') doubles[slot + at] = value as number
    else if (kept === 'bigint') bigints[slot + at] = value as bigint
    else if (kept === 'boolean') doubles[slot + at] = value === true ? 1 : 0
    else {
      clearField(place, field)
      const bytes = value as Uint8Array
      doubles[slot + at] = arena.put(bytes)
      doubles[slot + at + 1] = bytes.length + 1
    }
  }
}

/** Lets go of what a field held outside of its row. */
export function clearField(place: RowPlace, { kept, at }: Field): void {
  const { chunk, row, layout, arena, batch } = place
  if (kept === 'object') chunk.objects[row * layout.objects + at] = null
  if (kept !== 'bytes') return
  const slot = row * layout.slots + at
  const length = (chunk.doubles[slot + 1] ?? 0) - 1
  if (length >= 0) arena.free(chunk.doubles[slot] ?? 0, length, batch)
  chunk.doubles[slot + 1] = 0
}
