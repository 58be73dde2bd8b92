import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A file and its name in the folder. */
export interface FolderFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Files of the exchange in a folder, by name; whatever else lies there is left alone. */
export function readFundFolder(folder: string): FolderFile[] {
  mkdirSync(folder, { recursive: true })
  return readdirSync(folder)
    .filter((name) => /^OFD_.*\.TXT$/.test(name))
    .sort()
    .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }))
}

/** Under another name first: who reads the folder never sees half a file. */
export function writeFundFolder(folder: string, { name, bytes }: FolderFile): void {
  const unfinished = join(folder, `${name}.part`)
  writeFileSync(unfinished, bytes)
  renameSync(unfinished, join(folder, name))
}
