import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout (or installed package) that this file belongs to. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** What each part of `dist` is made from; a change to any of it makes that part stale. */
const sources = {
  server: ['src', 'test', 'bench', 'tsconfig.json'],
  web: ['web', 'vite.config.ts', 'src/contract', 'src/money', 'src/kernel'],
}

/** A change to one of these makes every part stale. */
const shared = ['package.json', 'package-lock.json', 'bin/lib/build-dist.js']

const parts = Object.keys(sources)
export const stampFile = join(root, 'dist', '.stamp')

/**
 * A hash of names, sizes and modification times: a few milliseconds for the whole tree, so that it
 * can run at every start. Contents are not read.
 */
export function stampOf(part) {
  const hash = createHash('sha256')
  for (const source of [...sources[part], ...shared]) addToHash(hash, join(root, source))
  return hash.digest('hex')
}

function addToHash(hash, path) {
  const entry = statSync(path, { throwIfNoEntry: false })
  if (entry === undefined) return
  if (!entry.isDirectory()) {
    hash.update(`${path.slice(root.length)}\0${entry.size}\0${entry.mtimeMs}\n`)
    return
  }
  const names = readdirSync(path).sort()
  for (const name of names) {
    if (name !== 'node_modules' && name !== 'dist') addToHash(hash, join(path, name))
  }
}

/** The stamps that the last successful build left, by part; empty when there is none. */
export function builtStamps() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'))
  } catch {
    return {}
  }
}

/** The parts of `dist` that are missing or older than their sources. */
export function staleParts() {
  const built = builtStamps()
  return parts.filter((part) => built[part] !== stampOf(part))
}

/** True in a checkout; false in an installed package that ships `dist` without its sources. */
export function isCheckout() {
  return existsSync(join(root, 'tsconfig.json')) && existsSync(join(root, 'src'))
}
