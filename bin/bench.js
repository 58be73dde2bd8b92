#!/usr/bin/env node
// `npm run bench -- commit [--json]`: builds when needed, then runs a benchmark of bench/.
import { build, BuildError } from './lib/build-dist.js'
import { staleParts } from './lib/source-stamp.js'

try {
  if (staleParts().includes('server')) await build()
  const { main } = await import('../dist/bench/main.js')
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof BuildError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
