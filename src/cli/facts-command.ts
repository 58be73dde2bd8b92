import { InvalidArgumentError, type Command } from 'commander'

export interface FactsOptions {
  readonly account: string
  readonly json: boolean
}

export interface FactsActions {
  facts(options: FactsOptions): Promise<number>
}

interface Parts {
  readonly actions: FactsActions
  readonly run: <T>(action: (options: T) => Promise<number>) => (options: T) => Promise<void>
}

/** `coffer facts`. */
export function addFacts(program: Command, { actions, run }: Parts): void {
  program
    .command('facts')
    .description('what the guard knows of an account, and what it made of it lately')
    .requiredOption('--account <id>', 'cus_…, 2010:cus_… or guest:…', readAccount)
    .option('--json', 'one JSON object on the last line of stdout', false)
    .action(run(actions.facts))
}

function readAccount(text: string): string {
  if (/^[\w.:-]{1,100}$/.test(text)) return text
  throw new InvalidArgumentError('an account is cus_…, 2010:cus_… or guest:…')
}
