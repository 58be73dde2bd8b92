import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Command, CommanderError } from 'commander'
import { addReconciling } from './reconcile-commands.ts'

async function read(...argv: readonly string[]): Promise<object> {
  const taken: object[] = []
  const take = (options: object) => Promise.resolve(taken.push(options))
  const program = new Command('coffer')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, writeOut: () => undefined })
  addReconciling(program, {
    actions: { reconcile: take, suspense: take },
    run: (action) => async (options) => void (await action(options)),
  })
  await program.parseAsync([...argv], { from: 'user' })
  assert.ok(taken[0] !== undefined)
  return taken[0]
}

test('a reconciliation keeps what it finds and is strict unless told otherwise', async () => {
  assert.deepEqual(await read('reconcile', '--account', '1010', '--file', 'march.csv'), {
    account: '1010',
    file: 'march.csv',
    tolerance: 0n,
    days: 3,
    anyReference: false,
    dryRun: false,
    json: false,
  })
  const rule = ['--tolerance', '0.05', '--days', '0', '--any-reference', '--as-of', '2026-04-01']
  const file = ['--account', '1410', '--file', 'x', '--dry-run', '--json']
  assert.deepEqual(await read('reconcile', ...file, ...rule), {
    account: '1410',
    file: 'x',
    tolerance: 5n,
    days: 0,
    anyReference: true,
    asOf: '2026-04-01',
    dryRun: true,
    json: true,
  })
})

test('suspense lists, parks a line, and clears it to an account', async () => {
  assert.deepEqual(await read('suspense', 'list'), { wish: 'list', json: false })
  const line = ['--line', 'march.csv#12']
  const parked = { wish: 'park', line: 'march.csv#12', json: true }
  assert.deepEqual(await read('suspense', 'park', ...line, '--json'), parked)
  assert.deepEqual(await read('suspense', 'clear', ...line, '--to', '2010:cus_x'), {
    wish: 'clear',
    line: 'march.csv#12',
    to: '2010:cus_x',
    json: false,
  })
})

test('what is missing or malformed is bad usage', async () => {
  const file = ['reconcile', '--account', '1010', '--file', 'x']
  const bad = [
    ['reconcile', '--account', '1010'],
    ['reconcile', '--file', 'x'],
    [...file, '--tolerance', '-1'],
    [...file, '--tolerance', '0.001'],
    [...file, '--days', '31'],
    [...file, '--days', '1.5'],
    [...file, '--as-of', '2026-02-30'],
    ['suspense', 'park'],
    ['suspense', 'clear', '--line', 'x'],
    ['suspense', 'burn'],
  ]
  for (const argv of bad) await assert.rejects(read(...argv), CommanderError, argv.join(' '))
})
