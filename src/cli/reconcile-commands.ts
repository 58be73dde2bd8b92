import { InvalidArgumentError, type Command } from 'commander'
import { parseAmount } from '#money'
import { readDate } from './export-command.ts'

export interface ReconcileOptions {
  readonly account: string
  readonly file: string
  /** Fen. */
  readonly tolerance: bigint
  readonly days: number
  readonly anyReference: boolean
  readonly asOf?: string
  readonly dryRun: boolean
  readonly json: boolean
}

export type SuspenseOptions =
  | { readonly wish: 'list'; readonly json: boolean }
  | { readonly wish: 'park'; readonly line: string; readonly json: boolean }
  | { readonly wish: 'clear'; readonly line: string; readonly to: string; readonly json: boolean }

/** What the composition does for these commands; the answer is the exit code. */
export interface ReconcileActions {
  reconcile(options: ReconcileOptions): Promise<number>
  suspense(options: SuspenseOptions): Promise<number>
}

interface Parts {
  readonly actions: ReconcileActions
  readonly run: <T>(action: (options: T) => Promise<number>) => (options: T) => Promise<void>
}

const jsonHelp = 'one JSON object on the last line of stdout'

/** `coffer reconcile` and `coffer suspense`. */
export function addReconciling(program: Command, { actions, run }: Parts): void {
  program
    .command('reconcile')
    .description('compare an account with a statement of its bank; exit 1 when there are breaks')
    .requiredOption('--account <id>', 'account of the ledger: 1010, 1110 or 1410')
    .requiredOption('--file <file>', 'statement as CSV or camt.053; its name is kept')
    .option('--tolerance <yuan>', 'by which amounts may differ (default 0.00)', readTolerance, 0n)
    .option('--days <number>', 'by which dates may differ', readDays, 3)
    .option('--any-reference', 'match by amount also what has different references', false)
    .option('--as-of <date>', 'day from which the age of breaks is counted', readDate)
    .option('--dry-run', 'keep nothing', false)
    .option('--json', jsonHelp, false)
    .action(run((options: ReconcileOptions) => actions.reconcile(options)))
  const suspense = program
    .command('suspense')
    .description('receipts whose owner is not known (2130)')
  suspense
    .command('list')
    .description('those that wait, oldest first')
    .option('--json', jsonHelp, false)
    .action(run(({ json }: { json: boolean }) => actions.suspense({ wish: 'list', json })))
  suspense
    .command('park')
    .description('book a line of a statement that nobody can explain')
    .requiredOption('--line <id>', 'of the break, e.g. march.csv#12')
    .option('--json', jsonHelp, false)
    .action(
      run(({ line, json }: { line: string; json: boolean }) =>
        actions.suspense({ wish: 'park', line, json }),
      ),
    )
  suspense
    .command('clear')
    .description('take a receipt out of suspense')
    .requiredOption('--line <id>', 'that it was parked under')
    .requiredOption('--to <account>', 'wallet of its owner (2010:cus_x); 1010: sent back')
    .option('--json', jsonHelp, false)
    .action(
      run(({ line, to, json }: { line: string; to: string; json: boolean }) =>
        actions.suspense({ wish: 'clear', line, to, json }),
      ),
    )
}

function readTolerance(text: string): bigint {
  const parsed = parseAmount(text)
  if (parsed.ok && parsed.value >= 0n) return parsed.value
  throw new InvalidArgumentError('an amount in yuan, e.g. 0.05')
}

function readDays(text: string): number {
  const days = Number(text)
  if (/^\d{1,3}$/.test(text) && days <= 30) return days
  throw new InvalidArgumentError('whole days, at most 30')
}
