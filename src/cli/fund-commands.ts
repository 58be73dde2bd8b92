import { InvalidArgumentError, type Command } from 'commander'

export interface FundYieldOptions {
  readonly csv: string
  readonly json: boolean
}

export interface FundReplayOptions {
  readonly from: string
  readonly to: string
  readonly csv: string
  readonly holders: number
  readonly seed: number
  readonly json: boolean
}

/** What the composition does for `coffer fund …`; the answer is the exit code. */
export interface FundActions {
  fundYield(options: FundYieldOptions): Promise<number>
  fundReplay(options: FundReplayOptions): Promise<number>
}

interface FundParts {
  readonly actions: FundActions
  readonly run: <T>(action: (options: T) => Promise<number>) => (options: T) => Promise<void>
}

/** Adds `coffer fund …`; answers the command, so that more can be put under it. */
export function addFund(program: Command, { actions, run }: FundParts): Command {
  const fund = program.command('fund').description('the fund’s figures and its history')
  fund
    .command('yield')
    .description('7-day yields of published figures')
    .requiredOption('--csv <file>', 'rows of date,per10k; a header line is optional')
    .option('--json', 'one JSON object on the last line of stdout', false)
    .action(run(actions.fundYield))
  fund
    .command('replay')
    .description('the fund’s history with published figures: seeded holders, invariants I4 to I7')
    .requiredOption('--from <date>', 'first day that pays income', readDate)
    .requiredOption('--to <date>', 'last day that pays income', readDate)
    .requiredOption('--csv <file>', 'rows of date,per10k for every day of the range')
    .option('--holders <number>', 'how many, at most 100,000', readCount, 1_000)
    .option('--seed <number>', 'varies orders, amounts and times', readSeed, 1)
    .option('--json', 'one JSON object on the last line of stdout', false)
    .action(run(actions.fundReplay))
  return fund
}

/** A day that exists: what does not comes back from the parser as another one, or not at all. */
function readDate(text: string): string {
  const parsed = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  if (!Number.isNaN(parsed) && new Date(parsed).toISOString().startsWith(text)) return text
  throw new InvalidArgumentError('a day is written YYYY-MM-DD')
}

function readCount(text: string): number {
  const count = Number(text)
  if (/^\d{1,6}$/.test(text) && count > 0 && count <= 100_000) return count
  throw new InvalidArgumentError('a whole number from 1 to 100000')
}

function readSeed(text: string): number {
  const seed = Number(text)
  if (/^\d{1,9}$/.test(text) && seed > 0) return seed
  throw new InvalidArgumentError('a seed is a whole number above zero')
}
