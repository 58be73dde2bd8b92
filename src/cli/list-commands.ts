import { InvalidArgumentError, Option, type Command } from 'commander'

interface Common {
  readonly json: boolean
}

interface AddOptions {
  readonly list: 'allow' | 'watch' | 'block'
  readonly kind: 'account' | 'payee' | 'phone' | 'device' | 'network'
  readonly value: string
  readonly reason: string
  readonly as: string
  /** First day on which it no longer counts. */
  readonly until?: string
  readonly final: boolean
}

interface SnoozeOptions {
  readonly rule: string
  readonly account: string
  readonly until: string
  readonly reason: string
  readonly as: string
}

export type ListOptions = Common &
  (
    | { readonly wish: 'show'; readonly history: boolean; readonly value?: string }
    | ({ readonly wish: 'add' } & AddOptions)
    | {
        readonly wish: 'remove'
        readonly id: string
        readonly reason: string
        readonly as: string
      }
    | ({ readonly wish: 'snooze' } & SnoozeOptions)
    | { readonly wish: 'wake'; readonly id: string; readonly as: string }
  )

/** What the composition does for `coffer lists …`; the answer is the exit code. */
export interface ListActions {
  lists(options: ListOptions): Promise<number>
}

interface Parts {
  readonly actions: ListActions
  readonly run: <T>(action: (options: T) => Promise<number>) => (options: T) => Promise<void>
}

const asHelp = 'id of the operator who acts (opr_…)'

/** `coffer lists …`: allow, watch and block lists, and rules that sleep for one account. */
export function addLists(program: Command, { actions, run }: Parts): void {
  const lists = program.command('lists').description('whom the guard allows, watches and blocks')
  const add = (wish: ListOptions['wish'], description: string): Command =>
    lists
      .command(wish)
      .description(description)
      .option('--json', 'one JSON object on the last line of stdout', false)
      .action(run((options: object) => actions.lists({ ...options, wish } as ListOptions)))
  add('show', 'entries and snoozes in force')
    .option('--history', 'also what was removed or has run out', false)
    .option('--value <value>', 'only what names this account, payee, phone, device or network')
  add('add', 'put somebody or something on a list; in force at once, in all processes')
    .addOption(
      new Option('--list <name>', 'which')
        .choices(['allow', 'watch', 'block'])
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--kind <kind>', 'what the value names')
        .choices(['account', 'payee', 'phone', 'device', 'network'])
        .makeOptionMandatory(),
    )
    .requiredOption('--value <value>', 'cus_…, guest:…, +86…, dev_… or 203.0.113', readValue)
    .requiredOption('--reason <words>', 'why, for those who come later', readReason)
    .requiredOption('--as <id>', asHelp)
    .option('--until <date>', 'first day on which it no longer counts', readDate)
    .option('--final', 'a block that the allow list does not override', false)
  add('remove', 'take an entry off its list')
    .requiredOption('--id <id>', 'of the entry, lst_…')
    .requiredOption('--reason <words>', 'why', readReason)
    .requiredOption('--as <id>', asHelp)
  add('snooze', 'let a rule sleep for one account')
    .requiredOption('--rule <id>', 'of the active policy')
    .requiredOption('--account <id>', 'cus_… or guest:…', readValue)
    .requiredOption('--until <date>', 'first day on which it counts again', readDate)
    .requiredOption('--reason <words>', 'why', readReason)
    .requiredOption('--as <id>', asHelp)
  add('wake', 'end a snooze before its time')
    .requiredOption('--id <id>', 'of the snooze, snz_…')
    .requiredOption('--as <id>', asHelp)
}

function readValue(text: string): string {
  if (/^[\w+.:-]{1,100}$/.test(text)) return text
  throw new InvalidArgumentError('an id, a network such as 203.0.113, or a phone number')
}

function readReason(text: string): string {
  const words = text.trim()
  if (words.length >= 3 && words.length <= 500) return words
  throw new InvalidArgumentError('3 to 500 characters')
}

function readDate(text: string): string {
  const at = Date.parse(`${text}T00:00:00Z`)
  const fits = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at)
  if (fits) return text
  throw new InvalidArgumentError('a day such as 2026-12-31')
}
