import { InvalidArgumentError, Option, type Command } from 'commander'

export interface FundFilesOptions {
  readonly dir: string
  /** Default: as COFFER_FUND_FILES says. */
  readonly mode?: 'alone' | 'beside'
  readonly json: boolean
}

const agentFaults = ['late', 'wrong', 'duplicated', 'truncated'] as const
export type AgentFaultName = (typeof agentFaults)[number]

export interface FundAgentOptions {
  readonly dir: string
  /** By type of file. */
  readonly fault?: Readonly<Record<string, AgentFaultName>>
  readonly json: boolean
}

/** What the composition does for `coffer fund files` and `agent`; the answer is the exit code. */
export interface FundFileActions {
  fundFiles(options: FundFilesOptions): Promise<number>
  fundAgent(options: FundAgentOptions): Promise<number>
}

interface FundFileParts {
  readonly actions: FundFileActions
  readonly run: <T>(action: (options: T) => Promise<number>) => (options: T) => Promise<void>
}

/** Adds `files` and `agent` below `coffer fund`, which is made where it is not there yet. */
export function addFundFiles(program: Command, { actions, run }: FundFileParts): void {
  const fund =
    program.commands.find((command) => command.name() === 'fund') ??
    program.command('fund').description('the fund’s figures and its history')
  fund
    .command('files')
    .description('a round of files with the transfer agent: 03 out, 04 to 07 in, reconciled')
    .requiredOption('--dir <folder>', 'where the files lie; orders are written there')
    .addOption(
      new Option(
        '--mode <mode>',
        'alone: the fund’s day goes on with the files; beside: compare',
      ).choices(['alone', 'beside']),
    )
    .option('--json', 'one JSON object on the last line of stdout', false)
    .action(run(actions.fundFiles))
  fund
    .command('agent')
    .description('a simulated transfer agent answers the orders in a folder (simulated time only)')
    .requiredOption('--dir <folder>', 'where the files lie')
    .option('--fault <type=fault>', `e.g. 05=wrong; ${agentFaults.join(', ')}`, readFault, {})
    .option('--json', 'one JSON object on the last line of stdout', false)
    .action(run(actions.fundAgent))
}

function readFault(
  text: string,
  before: Readonly<Record<string, AgentFaultName>>,
): Record<string, AgentFaultName> {
  const [, type = '', name] = /^(04|05|06|07)=([a-z]+)$/.exec(text) ?? []
  const fault = agentFaults.find((one) => one === name)
  if (fault !== undefined) return { ...before, [type]: fault }
  throw new InvalidArgumentError(`04 to 07, = and one of ${agentFaults.join(', ')}`)
}
