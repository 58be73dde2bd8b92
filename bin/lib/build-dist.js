import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { extname, join, sep } from 'node:path'
import { withBuildLock } from './build-lock.js'
import { hasTool, runTool } from './run-tool.js'
import { builtStamps, root, staleParts, stampFile, stampOf } from './source-stamp.js'

const dist = join(root, 'dist')
/**
 * Outputs grow here and are moved into `dist` when all went well: no half-built `dist`. It is as
 * deep as `dist`, so that the relative paths in source maps stay true.
 */
const staging = join(root, '.cache')
const staged = ['src', 'test', 'bench', 'web']
const code = new Set(['.ts', '.tsx', '.md'])
const tell = (text) => process.stderr.write(`${text}\n`)

/** Thrown when a part could not be built; the tool's own words have been printed. */
export class BuildError extends Error {
  name = 'BuildError'
}

/**
 * Brings `dist` up to date: src, test, bench (tsc), their assets, and web (vite). Builds only what
 * is stale unless `force`. Progress goes to stderr. Throws BuildError.
 */
export async function build({ force = false } = {}) {
  if (!force && staleParts().length === 0) return
  await withBuildLock(async () => {
    const stale = force ? ['server', 'web'] : staleParts()
    if (stale.length === 0) return
    if (!hasTool('typescript')) {
      throw new BuildError('the build tools are missing: run `npm ci --include=dev` first')
    }
    tell(`building ${stale.join(' and ')} …`)
    clearStaging()
    mkdirSync(dist, { recursive: true })
    const ends = await Promise.allSettled(stale.map((part) => builders[part]()))
    clearStaging()
    for (const end of ends) if (end.status === 'rejected') throw end.reason
  })
}

function clearStaging() {
  for (const folder of staged) {
    rmSync(join(staging, folder), { recursive: true, force: true })
    rmSync(oldOf(folder), { recursive: true, force: true })
  }
}

const oldOf = (folder) => join(staging, `${folder}.old`)

const builders = { server: buildServer, web: buildWeb }

async function buildServer() {
  const stamp = stampOf('server')
  const done = await runTool(['typescript', 'tsc'], ['-p', 'tsconfig.json', '--outDir', staging])
  if (done.code !== 0) failed('types and code (tsc)', done)
  for (const folder of ['src', 'test', 'bench']) {
    copyAssets(folder)
    moveIntoDist(folder)
  }
  finished('server', stamp, `built src, test and bench in ${done.seconds.toFixed(1)} s`)
}

async function buildWeb() {
  const stamp = stampOf('web')
  const config = ['web/vite.config.ts', 'vite.config.ts'].find((file) =>
    existsSync(join(root, file)),
  )
  if (config === undefined) {
    finished('web', stamp, 'no web pages here: nothing built for them')
    return
  }
  const output = join(staging, 'web')
  const args = ['build', '--config', config, '--outDir', output, '--emptyOutDir']
  const quiet = ['--logLevel', 'warn']
  const done = await runTool(['vite', 'vite'], [...args, ...quiet], { NODE_ENV: 'production' })
  if (done.code !== 0) failed('web pages (vite)', done)
  moveIntoDist('web')
  finished('web', stamp, `built web in ${done.seconds.toFixed(1)} s`)
}

/** SQL, JSON, CSV and the like lie beside the code that reads them, in `dist` as in the sources. */
function copyAssets(folder) {
  if (!existsSync(join(root, folder))) return
  cpSync(join(root, folder), join(staging, folder), {
    recursive: true,
    filter: (path) => !code.has(extname(path)) && !path.includes(`${sep}node_modules`),
  })
}

function moveIntoDist(folder) {
  const fresh = join(staging, folder)
  if (existsSync(join(dist, folder))) renameSync(join(dist, folder), oldOf(folder))
  if (existsSync(fresh)) renameSync(fresh, join(dist, folder))
}

function finished(part, stamp, words) {
  writeFileSync(stampFile, JSON.stringify({ ...builtStamps(), [part]: stamp }))
  tell(words)
}

function failed(what, { output, seconds }) {
  tell(output.trimEnd())
  throw new BuildError(`${what} failed after ${seconds.toFixed(1)} s`)
}
