#!/usr/bin/env node
// `npm run build`: everything anew; with `--if-stale` only what is older than its sources.
import { build, BuildError } from './lib/build-dist.js'

try {
  await build({ force: !process.argv.includes('--if-stale') })
} catch (error) {
  if (!(error instanceof BuildError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
