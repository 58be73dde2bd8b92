import type { Command } from 'commander'

export interface FirstAdminOptions {
  readonly login: string
  readonly name: string
  readonly json: boolean
}

export interface OperatorActions {
  firstAdmin(options: FirstAdminOptions): Promise<number>
}

interface Parts {
  readonly actions: OperatorActions
  readonly run: <T>(action: (options: T) => Promise<number>) => (options: T) => Promise<void>
}

/** `coffer operator …`. */
export function addOperators(program: Command, { actions, run }: Parts): void {
  program
    .command('operator')
    .description('people of the operator’s staff')
    .command('first-admin')
    .description('make an admin, while there are fewer than two; prints his first password, once')
    .requiredOption('--login <name>', 'what he signs in with')
    .requiredOption('--name <name>', 'his name')
    .option('--json', 'one JSON object on the last line of stdout', false)
    .action(run(actions.firstAdmin))
}
