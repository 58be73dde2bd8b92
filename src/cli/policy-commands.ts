import { InvalidArgumentError, type Command } from 'commander'

interface Common {
  readonly json: boolean
}

export type PolicyOptions = Common &
  (
    | { readonly wish: 'list' }
    | { readonly wish: 'save'; readonly file: string; readonly as: string }
    | { readonly wish: 'dry-run'; readonly candidate: string; readonly facts: string }
    | {
        readonly wish: 'shadow'
        readonly version: string
        readonly as: string
        readonly off: boolean
      }
    | { readonly wish: 'publish'; readonly version: string; readonly as: string }
    | { readonly wish: 'rollback'; readonly version: string; readonly as: string }
    | ({ readonly wish: 'backtest' } & BacktestOptions)
  )

export interface BacktestOptions {
  /** A document, or none: then the draft of `version`, whose figures are kept. */
  readonly candidate?: string
  readonly version?: string
  readonly as?: string
  /** First and last local day. */
  readonly from?: string
  readonly to?: string
  /** Where all changed decisions go, one JSON object a line. */
  readonly changes?: string
}

/** What the composition does for `coffer policy …`; the answer is the exit code. */
export interface PolicyActions {
  policy(options: PolicyOptions): Promise<number>
}

interface Parts {
  readonly actions: PolicyActions
  readonly run: <T>(action: (options: T) => Promise<number>) => (options: T) => Promise<void>
}

type Wish = PolicyOptions['wish']
const asHelp = 'id of the operator who acts (opr_…), who must be a supervisor or admin'

/** `coffer policy …`: draft, shadow, backtest, publication by a second person, roll-back. */
export function addPolicy(program: Command, { actions, run }: Parts): void {
  const policy = program.command('policy').description('the guard’s policies and their life')
  const add = (wish: Wish, description: string): Command =>
    policy
      .command(wish)
      .description(description)
      .option('--json', 'one JSON object on the last line of stdout', false)
      .action(run((options: object) => actions.policy({ ...options, wish } as PolicyOptions)))
  add('list', 'the active policy, drafts, publications, and how shadows differ')
  add('save', 'keep a document as a draft; exit 2 with line and column of what is wrong')
    .requiredOption('--file <file>', 'the document as JSON')
    .requiredOption('--as <id>', asHelp)
  add('dry-run', 'what a document would say of given facts; keeps nothing')
    .requiredOption('--candidate <file>', 'the document as JSON')
    .requiredOption('--facts <file>', 'facts as JSON; what is not given is neutral')
  add('shadow', 'let a draft decide beside the live policy')
    .requiredOption('--version <id>', 'of the draft')
    .requiredOption('--as <id>', asHelp)
    .option('--off', 'no longer', false)
  addBacktest(add('backtest', 'recorded decisions again, under a candidate'))
  add('publish', 'make a draft decide, in all processes; not by who saved it')
    .requiredOption('--version <id>', 'of the draft')
    .requiredOption('--as <id>', asHelp)
  add('rollback', 'make an earlier publication decide again')
    .requiredOption('--version <id>', 'of the publication')
    .requiredOption('--as <id>', asHelp)
}

function addBacktest(command: Command): void {
  command
    .option('--candidate <file>', 'the document as JSON; keeps nothing')
    .option('--version <id>', 'or a draft, whose figures are kept for its approver')
    .option('--as <id>', 'with --version: who asks')
    .option('--from <date>', 'first day', readDate)
    .option('--to <date>', 'last day', readDate)
    .option('--changes <file>', 'write all changed decisions there, one JSON object a line')
}

function readDate(text: string): string {
  const at = Date.parse(`${text}T00:00:00Z`)
  const fits = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at)
  if (fits) return text
  throw new InvalidArgumentError('a day such as 2026-11-22')
}
