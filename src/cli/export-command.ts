import { InvalidArgumentError, Option, type Command } from 'commander'

export interface ExportOptions {
  readonly format: 'hledger' | 'ledger' | 'beancount'
  readonly out?: string
  readonly from?: string
  readonly to?: string
  readonly account?: string
}

/** `coffer export`. */
export function addExport(
  program: Command,
  action: (options: ExportOptions) => Promise<void>,
): void {
  program
    .command('export')
    .description('write the journal with balance assertions')
    .addOption(
      new Option('--format <name>', 'for which program')
        .choices(['hledger', 'ledger', 'beancount'])
        .default('hledger'),
    )
    .option('--out <file>', 'file to write; default stdout')
    .option('--from <date>', 'first local day, e.g. 2026-01-01; begins with balances', readDate)
    .option('--to <date>', 'last local day', readDate)
    .option('--account <id>', 'only entries that touch this account, e.g. 1010')
    .action(action)
}

/** A day of the calendar: 2026-02-30 is none. */
export function readDate(text: string): string {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  if (!Number.isNaN(at) && new Date(at).toISOString().startsWith(text)) return text
  throw new InvalidArgumentError('a date is YYYY-MM-DD')
}
