import type { LocalDate } from '#kernel'

/**
 * What a field holds. `text` left, spaces after it · `digits` figures that are a name, as text ·
 * `number` right, zeros before it, the decimal point implied, in the last of its `decimals` ·
 * `date` eight figures.
 */
export type FileFieldKind = 'text' | 'digits' | 'number' | 'date'

export interface FileField {
  readonly name: string
  readonly kind: FileFieldKind
  /** Bytes in GB18030. */
  readonly width: number
  readonly decimals?: number
}

/** One record: the fields one after the other, nothing between them. */
export type FileRow<F extends readonly FileField[]> = {
  readonly [Field in F[number] as Field['name']]: Field['kind'] extends 'number' ? bigint : string
}

/** A record of any layout, by the names of its fields. */
export type AnyRow = Readonly<Record<string, string | bigint>>

/** The five files of a day: orders from us; the rest from the transfer agent. */
export const fileTypes = ['03', '04', '05', '06', '07'] as const
export type FileType = (typeof fileTypes)[number]

/** Who writes to whom, on which day, in which order. */
export interface FileHeader {
  readonly creator: string
  readonly recipient: string
  readonly date: LocalDate
  /** 1 to 999: of several files of one type and day. */
  readonly sequence: number
  readonly type: FileType
  readonly sender: string
  readonly receiver: string
}

/** Bytes of the lines of the header block, in their order. */
export interface HeaderWidths {
  readonly version: number
  readonly creator: number
  readonly recipient: number
  readonly date: number
  readonly sequence: number
  readonly type: number
  readonly sender: number
  readonly receiver: number
  readonly fieldCount: number
  readonly recordCount: number
}

/** A version of the protocol as two parties agree on it. */
export interface FileProtocol {
  readonly version: string
  readonly lineEnd: '\n' | '\r\n'
  readonly header: HeaderWidths
  readonly layouts: Readonly<Record<FileType, readonly FileField[]>>
}

export function rowWidth(layout: readonly FileField[]): number {
  return layout.reduce((sum, { width }) => sum + width, 0)
}
