import type { Command } from 'commander'

export interface FundYieldOptions {
  readonly csv: string
  readonly json: boolean
}

/** What the composition does for `coffer fund …`; the answer is the exit code. */
export interface FundActions {
  fundYield(options: FundYieldOptions): Promise<number>
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
  return fund
}
