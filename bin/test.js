#!/usr/bin/env node
// `npm test [WORD …] [--test-option …]`: builds, starts one PostgreSQL for the run, runs the tests.
// A word chooses the files whose path contains it: `npm test -- ledger`, `npm test -- flows/pay`.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, BuildError } from './lib/build-dist.js'
import { root } from './lib/source-stamp.js'

/** Two cores are what a small CI machine has; PostgreSQL shares them. */
const filesAtOnce = 2
/** A test that hangs (a leaked connection, a lost promise) must not hang the run. */
const longestTestMs = 300_000

const startedAt = performance.now()
const options = process.argv.slice(2).filter((word) => word.startsWith('-'))
const words = process.argv.slice(2).filter((word) => !word.startsWith('-'))
const tell = (text) => process.stderr.write(`${text}\n`)

/** Ctrl-C ends the tests, and then still stops the database. */
const ending = new AbortController()
process.on('SIGINT', () => ending.abort()).on('SIGTERM', () => ending.abort())

process.exitCode = await main()
tell(`tests took ${((performance.now() - startedAt) / 1000).toFixed(0)} s`)

async function main() {
  try {
    await build()
  } catch (error) {
    if (!(error instanceof BuildError)) throw error
    tell(error.message)
    return 1
  }
  const files = testFiles()
  if (files.length === 0) {
    tell(words.length > 0 ? `no test file matches: ${words.join(' ')}` : 'no test files')
    return 1
  }
  const cluster = await startCluster()
  try {
    return ending.signal.aborted ? 1 : await runFiles(files, cluster.environment)
  } finally {
    await cluster.stop()
  }
}

function testFiles() {
  const dist = join(root, 'dist')
  return ['src', 'test', 'bench']
    .filter((folder) => existsSync(join(dist, folder)))
    .flatMap((folder) =>
      readdirSync(join(dist, folder), { recursive: true }).map((file) =>
        join('dist', folder, file),
      ),
    )
    .filter((file) => file.endsWith('.test.js'))
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
    .sort()
}

/** One PostgreSQL for the whole run; each test file clones its own database in it. */
async function startCluster() {
  const support = join(root, 'dist', 'test', 'support', 'index.js')
  if (!existsSync(support)) return { environment: {}, stop: async () => {} }
  const { startTestCluster, stopTestCluster } = await import(pathToFileURL(support).href)
  const { environment } = await startTestCluster()
  return { environment, stop: stopTestCluster }
}

function runFiles(files, environment) {
  const args = [
    '--enable-source-maps',
    '--test',
    `--test-concurrency=${filesAtOnce}`,
    `--test-timeout=${longestTestMs}`,
    '--test-reporter=spec',
    ...options,
    ...files,
  ]
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...environment, NODE_ENV: 'test' },
      stdio: 'inherit',
    })
    ending.signal.addEventListener('abort', () => child.kill('SIGTERM'))
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 1))
  })
}
