#!/usr/bin/env node
// `npm run check [-- PIECE …] [--fix]`: types, lint, format, unused code and the architecture.
// With --fix the formatter and the linter change what they can first.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { hasTool, runNode, runTool } from './lib/run-tool.js'
import { root } from './lib/source-stamp.js'

const fix = process.argv.includes('--fix')
const chosen = process.argv.slice(2).filter((word) => !word.startsWith('-'))

const pieces = {
  format: () => runTool(['oxfmt', 'oxfmt'], fix ? [] : ['--check']),
  lint: () => runTool(['oxlint', 'oxlint'], ['--type-aware', ...(fix ? ['--fix'] : [])]),
  types: checkTypes,
  unused: () => runTool(['knip', 'knip'], ['--no-progress', '--no-config-hints']),
  architecture: () =>
    runNode(['--conditions=source', '--import', 'tsx', 'test/architecture/report.ts']),
}

process.exitCode = await main()

async function main() {
  const unknown = chosen.filter((name) => !Object.hasOwn(pieces, name))
  if (unknown.length > 0) {
    process.stderr.write(`no such check: ${unknown.join(', ')}\n`)
    process.stderr.write(`there are: ${Object.keys(pieces).join(', ')}\n`)
    return 2
  }
  if (!hasTool('oxlint')) {
    process.stderr.write('the development tools are missing: run `npm ci --include=dev` first\n')
    return 1
  }
  let code = 0
  for (const name of chosen.length > 0 ? chosen : Object.keys(pieces)) {
    const done = await pieces[name]()
    const word = done.code === 0 ? 'ok' : 'FAILED'
    if (done.code !== 0) process.stdout.write(`${done.output.trimEnd()}\n`)
    process.stdout.write(`${name}: ${word} (${done.seconds.toFixed(1)} s)\n`)
    if (done.code !== 0) code = 1
  }
  return code
}

/** The server's sources and, where there are pages, theirs: two sets of compiler options. */
async function checkTypes() {
  const projects = ['tsconfig.json', 'web/tsconfig.json']
  const runs = projects
    .filter((project) => existsSync(join(root, project)))
    .map((project) => runTool(['typescript', 'tsc'], ['-p', project, '--noEmit']))
  const ends = await Promise.all(runs)
  return {
    code: Math.max(...ends.map(({ code }) => code)),
    output: ends.map(({ output }) => output).join(''),
    seconds: Math.max(...ends.map(({ seconds }) => seconds)),
  }
}
