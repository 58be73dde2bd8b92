import { InvalidArgumentError, type Command } from 'commander'

interface Common {
  readonly json: boolean
}

export type ModelOptions = Common &
  (
    | { readonly wish: 'list' }
    | { readonly wish: 'show'; readonly version: string }
    | {
        readonly wish: 'train'
        readonly name: string
        readonly as: string
        readonly until?: string
        readonly delay: number
        /** The new version's text goes there, too. */
        readonly out?: string
      }
    | {
        readonly wish: 'import'
        readonly file: string
        readonly name: string
        readonly as: string
      }
    | { readonly wish: 'export'; readonly version: string; readonly out?: string }
    | {
        readonly wish: 'shadow'
        readonly version: string
        readonly as: string
        readonly off: boolean
      }
    | { readonly wish: 'publish'; readonly version: string; readonly as: string }
    /** `none`: no model any more. */
    | { readonly wish: 'roll-back'; readonly version: string; readonly as: string }
    | { readonly wish: 'drift'; readonly version?: string; readonly days: number }
  )

/** What the composition does for `coffer model …`; the answer is the exit code. */
export interface ModelActions {
  model(options: ModelOptions): Promise<number>
}

interface Parts {
  readonly actions: ModelActions
  readonly run: <T>(action: (options: T) => Promise<number>) => (options: T) => Promise<void>
}

type Wish = ModelOptions['wish']
const asHelp = 'id of the operator who acts (opr_…), who must be a supervisor or admin'

/** `coffer model …`: train, import, shadow, publication by a second person, roll-back, drift. */
export function addModel(program: Command, { actions, run }: Parts): void {
  const model = program.command('model').description('the guard’s models and their life')
  const add = (wish: Wish, description: string): Command =>
    model
      .command(wish)
      .description(description)
      .option('--json', 'one JSON object on the last line of stdout', false)
  const act = (command: Command, wish: Wish): Command =>
    command.action(run((options: object) => actions.model({ ...options, wish } as ModelOptions)))
  act(add('list', 'the model that decides, all versions and publications'), 'list')
  act(
    add('show', 'what a version was trained on, and what it said in the shadow'),
    'show',
  ).requiredOption('--version <id>', 'of the model')
  act(add('train', 'learn from recorded facts and labels; the result is a draft'), 'train')
    .option('--name <name>', 'which policies ask for', readName, 'takeover')
    .requiredOption('--as <id>', asHelp)
    .option('--until <date>', 'as if it were the end of this day', readDate)
    .option('--delay <days>', 'leave out rows so young that thefts are not known', readDays, 7)
    .option('--out <file>', 'write the model there, too')
  model
    .command('import')
    .description('keep a model from elsewhere as a draft; exit 2 with the place of what is wrong')
    .argument('<file>', 'our own document, or XGBoost’s JSON with features of ours')
    .option('--name <name>', 'of an XGBoost model', readName, 'imported')
    .requiredOption('--as <id>', asHelp)
    .option('--json', 'one JSON object on the last line of stdout', false)
    .action((file: string, options: object) =>
      run((all: object) => actions.model({ ...all, wish: 'import' } as ModelOptions))({
        ...options,
        file,
      }),
    )
  act(add('export', 'a version as a file'), 'export')
    .requiredOption('--version <id>', 'of the model')
    .option('--out <file>', 'default: stdout')
  act(add('shadow', 'let a draft score beside the live decisions'), 'shadow')
    .requiredOption('--version <id>', 'of the draft')
    .requiredOption('--as <id>', asHelp)
    .option('--off', 'no longer', false)
  act(add('publish', 'let a model decide, in all processes; not by who saved it'), 'publish')
    .requiredOption('--version <id>', 'of the draft')
    .requiredOption('--as <id>', asHelp)
  act(add('roll-back', 'let an earlier publication decide again, or none'), 'roll-back')
    .requiredOption('--version <id>', 'of the publication, or none')
    .requiredOption('--as <id>', asHelp)
  act(add('drift', 'recent facts against training; exit 1 when the score has drifted'), 'drift')
    .option('--version <id>', 'default: the one that decides')
    .option('--days <number>', 'how long the recent window is', readDays, 7)
}

function readName(text: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,39}$/.test(text)) return text
  throw new InvalidArgumentError('small letters, digits and hyphens, at most 40')
}

function readDays(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('a whole number of days')
}

function readDate(text: string): string {
  const at = Date.parse(`${text}T00:00:00Z`)
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at)) return text
  throw new InvalidArgumentError('a day such as 2026-11-22')
}
