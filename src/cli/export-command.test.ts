import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Command, CommanderError } from 'commander'
import { addExport, type ExportOptions } from './export-command.ts'

async function read(...argv: readonly string[]): Promise<ExportOptions> {
  const taken: ExportOptions[] = []
  const quiet = { writeErr: () => undefined, writeOut: () => undefined }
  const program = new Command('coffer').exitOverride().configureOutput(quiet)
  addExport(program, (options) => Promise.resolve(void taken.push(options)))
  await program.parseAsync(['export', ...argv], { from: 'user' })
  assert.ok(taken[0] !== undefined)
  return taken[0]
}

test('an export is for hledger and whole unless something else is asked for', async () => {
  assert.deepEqual(await read(), { format: 'hledger' })
  const part = ['--from', '2026-01-31', '--to', '2026-02-28', '--account', '1010']
  assert.deepEqual(await read('--format', 'beancount', ...part, '--out', 'books'), {
    format: 'beancount',
    from: '2026-01-31',
    to: '2026-02-28',
    account: '1010',
    out: 'books',
  })
})

test('an unknown format and days that are not in the calendar are bad usage', async () => {
  const bad = [
    ['--format', 'xml'],
    ['--from', '2026-02-30'],
    ['--from', '2026-2-3'],
    ['--to', 'yesterday'],
    ['--to', '0000-13-01'],
    ['--depth', '2'],
  ]
  for (const argv of bad) await assert.rejects(read(...argv), CommanderError, argv.join(' '))
})
