import type { FileBreak } from '#fund'
import type { LocalDate } from '#kernel'
import { firstRecordLine, type FileFault, type FileRowOf, type FundFile } from '#partners'

/** A file with its name, as it lies in a folder. */
export interface NamedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/**
 * What became of a file that has come. `applied` our books agree, or differ as `breaks` say ·
 * `waits` it is good, and our books are not so far yet · `contradicts` it is good as a file, and
 * what it says cannot be: nothing of it was taken · `bad` nothing of it was taken, see `faults` ·
 * `file_differs` another file has had this name · `not_ours` it is no file for us.
 */
export interface TakenFile {
  readonly name: string
  readonly type: string | null
  readonly date: LocalDate | null
  readonly sha256: string
  readonly outcome: 'applied' | 'waits' | 'contradicts' | 'bad' | 'file_differs' | 'not_ours'
  /** False: it had been applied before, nothing changed. */
  readonly changed: boolean
  readonly faults: readonly FileFault[]
  readonly breaks: readonly FileBreak[]
}

/** A good file, not applied yet. */
export interface ParsedFile {
  readonly name: string
  readonly sha256: string
  readonly file: FundFile
}

/** Its records with the lines they stand on. */
export function placedRows<T extends FundFile['header']['type']>(
  { file }: ParsedFile,
  type: T,
): { readonly line: number; readonly row: FileRowOf<T> }[] {
  if (file.header.type !== type) return []
  const rows = file.rows as readonly FileRowOf<T>[]
  const first = firstRecordLine(type)
  return rows.map((row, index) => ({ line: first + index, row }))
}
