import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '#database'
import type { Verification } from '#flows'
import { required, stopwatch } from '#kernel'
import { makeBooks } from './verify-data.ts'
import { machine, rounded } from './report.ts'

const mostSeconds = 60
const say = (line: string) => process.stderr.write(`${line}\n`)

/**
 * `coffer verify --json` as one command, database start included, on books of so many entries.
 * Exit 1: it took too long, found something, or had an invariant with nothing to check.
 */
export async function benchVerify(options: { json: boolean; entries?: number }): Promise<number> {
  const { json, entries = 1_000_000 } = options
  const dataDir = mkdtempSync(join(tmpdir(), 'coffer-bench-'))
  try {
    const database = await openDatabase({ checkout: process.cwd(), dataDir }, () => undefined)
    try {
      await makeBooks(database, entries, say)
    } finally {
      await database.close()
    }
    const took = stopwatch()
    const { code, found } = await verifyIn(dataDir)
    const seconds = rounded(took() / 1_000, 1)
    for (const { id, checked, ms } of found.invariants) {
      say(`${id.padEnd(4)} ${String(checked).padStart(9)}  ${rounded(ms / 1_000, 1)} s`)
    }
    say(`seal ${String(found.seals.checked).padStart(9)}  ${rounded(found.seals.ms / 1_000, 1)} s`)
    say(`coffer verify, ${entries} entries: ${seconds} s, exit ${code}`)
    const empty = found.invariants.filter(({ checked }) => checked === 0).map(({ id }) => id)
    const invariants = found.invariants.map(({ id, ok, checked, ms }) => ({ id, ok, checked, ms }))
    const { checked, seals, ms } = found.seals
    const run = { kind: 'verify', entries, seconds, ok: found.ok, invariants }
    const runs = [{ ...run, external: found.external.length, seals: { seals, checked, ms } }]
    const report = { name: 'verify', machine: machine(), runs }
    if (json) process.stdout.write(`${JSON.stringify(report)}\n`)
    if (empty.length > 0) say(`nothing to check for ${empty.join(', ')}`)
    if (seconds >= mostSeconds) say(`floor missed: ${seconds} s, ${mostSeconds} allowed`)
    return code === 0 && found.ok && empty.length === 0 && seconds < mostSeconds ? 0 : 1
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** The product's own command in a process of its own, on the embedded server of that folder. */
async function verifyIn(dataDir: string): Promise<{ code: number; found: Verification }> {
  const command = [join(process.cwd(), 'bin', 'coffer.js'), 'verify', '--json']
  const child = spawn(process.execPath, command, {
    env: { COFFER_DATA: dataDir, PATH: '/usr/bin:/bin' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  const code = await new Promise<number>((resolve) => child.on('close', (n) => resolve(n ?? 1)))
  const last = required(out.trimEnd().split('\n').at(-1), 'the last line of coffer verify')
  return { code, found: JSON.parse(last) as Verification }
}
