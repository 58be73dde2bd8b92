import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Syntax, parse } from './syntax.ts'

/** One file of the repository, read and (for code) parsed once. */
export interface SourceFile {
  /** From the root, with forward slashes. */
  path: string
  text: string
  lines: string[]
  isCode: boolean
  lineOf(offset: number): number
  syntax(): Syntax
}

/** A rule broken at a place. */
export interface Violation {
  path: string
  line: number
  rule: string
  message: string
}

const folders = ['src', 'test', 'bench', 'web', 'bin']
const kinds = /\.(ts|tsx|js|css|sql|md|json)$/
const skipped = new Set(['node_modules', 'dist'])

/** The checkout: the nearest folder above this file that holds the plan. */
export function findRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'architecture.json'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error('architecture.json not found above the test')
    folder = parent
  }
  return folder
}

/** Every source file of the repository. */
export function readTree(root: string): SourceFile[] {
  return [...folders.flatMap((folder) => pathsBelow(root, folder)), 'package.json']
    .filter((path) => kinds.test(path))
    .map((path) => sourceFile(path, readFileSync(join(root, path), 'utf8')))
}

function pathsBelow(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return []
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? pathsBelow(root, path) : [path]
  })
}

export function sourceFile(path: string, text: string): SourceFile {
  let parsed: Syntax | undefined
  return {
    path,
    text,
    lines: text.replace(/\n$/, '').split('\n'),
    isCode: /\.(ts|tsx|js)$/.test(path),
    lineOf: (offset) => text.slice(0, offset).split('\n').length,
    syntax() {
      parsed ??= parse(path, text)
      return parsed
    },
  }
}
