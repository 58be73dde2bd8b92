import { addExport, type ExportOptions } from './export-command.ts'
import { addFacts, type FactsActions } from './facts-command.ts'
import { addReconciling, type ReconcileActions } from './reconcile-commands.ts'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { addBackup, type BackupActions } from './backup-commands.ts'
import { addFund, type FundActions } from './fund-commands.ts'
import { addModel, type ModelActions } from './model-commands.ts'
import { addLists, type ListActions } from './list-commands.ts'
import { addOperators, type OperatorActions } from './operator-commands.ts'
import { addPolicy, type PolicyActions } from './policy-commands.ts'
import { addFundFiles, type FundFileActions } from './fund-file-commands.ts'

export interface StartOptions {
  readonly port?: string
  readonly host?: string
  readonly demo: boolean
}

export interface TheftOptions {
  readonly policy?: '2013' | 'today' | 'none'
  readonly seed: number
  readonly split?: readonly string[]
  readonly entry: 'reset' | 'stolen-session'
  readonly json: boolean
}

/** What the composition does for each command; the answer is the exit code. */
export interface Actions
  extends
    PolicyActions,
    ModelActions,
    ReconcileActions,
    BackupActions,
    FundActions,
    FundFileActions,
    FactsActions,
    ListActions,
    OperatorActions {
  start(options: StartOptions): Promise<number>
  theft(options: TheftOptions): Promise<number>
  verify(options: { json: boolean }): Promise<number>
  exportBooks(options: ExportOptions): Promise<number>
  writeSchema(): Promise<number>
}

export const exitCodes = { ok: 0, checkFailed: 1, badUsage: 2 } as const

/**
 * Reads the command line and runs one action. Exit codes: 0 ok, 1 a check failed, 2 bad usage.
 * Progress goes to stderr; with --json the last line on stdout is one JSON object.
 */
export async function runProgram(
  argv: readonly string[],
  { actions, version }: { actions: Actions; version: string },
): Promise<number> {
  let code: number = exitCodes.ok
  const program = new Command('coffer')
    .description('A wallet that earns every day, is guarded in real time and guaranteed in full')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => process.stdout.write(text) })
  const run =
    <T>(action: (options: T) => Promise<number>) =>
    async (options: T) => {
      code = await action(options)
    }
  addServing(program, { actions, run })
  addProving(program, { actions, run })
  addReconciling(program, { actions, run })
  addBackup(program, { actions, run })
  addFund(program, { actions, run })
  addFundFiles(program, { actions, run })
  addFacts(program, { actions, run })
  addPolicy(program, { actions, run })
  addModel(program, { actions, run })
  addLists(program, { actions, run })
  addOperators(program, { actions, run })
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? exitCodes.ok : exitCodes.badUsage
  }
}

interface Parts {
  readonly actions: Actions
  readonly run: <T>(action: (options: T) => Promise<number>) => (options: T) => Promise<void>
}

function addServing(program: Command, { actions, run }: Parts): void {
  program
    .command('start')
    .description('start the server, and with it the demo city')
    .option('--port <number>', 'port to listen on (default 8080)')
    .option('--host <address>', 'address to listen on (default 127.0.0.1)')
    .option('--no-demo', 'the server alone: no simulators, test clock or seeded sign-ins')
    .action(run(actions.start))
}

function addProving(program: Command, { actions, run }: Parts): void {
  program
    .command('scenario')
    .description('play a scenario on a server and database of its own')
    .command('theft')
    .description('the 2013 theft; without --policy under all three')
    .addOption(new Option('--policy <name>', 'policy').choices(['2013', 'today', 'none']))
    .option('--seed <number>', 'varies times, devices and payees', readSeed, 1)
    .option('--split <amounts>', 'what the thief sends, e.g. 20000,20000,60000', readSplit)
    .addOption(
      new Option('--entry <way>', 'how he gets in')
        .choices(['reset', 'stolen-session'])
        .default('reset'),
    )
    .option('--json', 'one JSON object on the last line of stdout', false)
    .action(run(actions.theft))
  program
    .command('verify')
    .description('check every invariant, and our balances against the partners’ own')
    .option('--json', 'one JSON object on the last line of stdout', false)
    .action(run(actions.verify))
  addExport(program, run(actions.exportBooks))
  program
    .command('schema')
    .description('write schema.sql from the migrations (for developers)')
    .action(run(() => actions.writeSchema()))
}

function readSeed(text: string): number {
  const seed = Number(text)
  if (/^\d{1,9}$/.test(text) && seed > 0) return seed
  throw new InvalidArgumentError('a seed is a whole number above zero')
}

function readSplit(text: string): readonly string[] {
  const parts = text.split(',')
  const fits = parts.every(
    (part) => /^(0|[1-9]\d{0,8})(\.\d{1,2})?$/.test(part) && Number(part) > 0,
  )
  if (fits && parts.length <= 100) return parts
  throw new InvalidArgumentError('amounts in yuan, separated by commas, at most 100 of them')
}
