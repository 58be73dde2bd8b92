import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A file and its name in the folder. */
export interface FolderFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** One that was left unread, and how many bytes it has. */
export interface LargeFile {
  readonly name: string
  readonly size: number
}

export interface FundFolder {
  readonly files: readonly FolderFile[]
  readonly tooLarge: readonly LargeFile[]
}

/**
 * Files of the exchange in a folder, by name; whatever else lies there is left alone. A file is
 * held in memory as a whole, so one of more bytes than `most` is not read.
 */
export function readFundFolder(folder: string, most: number): FundFolder {
  mkdirSync(folder, { recursive: true })
  const sized = readdirSync(folder)
    .filter((name) => /^OFD_.*\.TXT$/.test(name))
    .sort()
    .map((name) => ({ name, size: statSync(join(folder, name)).size }))
  return {
    files: sized
      .filter(({ size }) => size <= most)
      .map(({ name }) => ({ name, bytes: readFileSync(join(folder, name)) })),
    tooLarge: sized.filter(({ size }) => size > most),
  }
}

/** Under another name first: who reads the folder never sees half a file. */
export function writeFundFolder(folder: string, { name, bytes }: FolderFile): void {
  const unfinished = join(folder, `${name}.part`)
  writeFileSync(unfinished, bytes)
  renameSync(unfinished, join(folder, name))
}
