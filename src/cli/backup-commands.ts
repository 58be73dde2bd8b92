import { InvalidArgumentError, type Command } from 'commander'

export interface BackupOptions {
  readonly out: string
  readonly json: boolean
}

export interface RestoreOptions {
  readonly from: string
  /** Only compares the files with their checksums. */
  readonly check: boolean
  /** File with the pepper that was kept apart. */
  readonly pepper?: string
  readonly withoutPepper: boolean
  readonly evenIfBroken: boolean
  readonly json: boolean
}

/** Either writes a month, or checks a file. */
export interface ArchiveOptions {
  readonly month?: string
  readonly out?: string
  readonly check?: string
  readonly json: boolean
}

export interface BackupActions {
  archive(options: ArchiveOptions): Promise<number>
  backup(options: BackupOptions): Promise<number>
  restore(options: RestoreOptions): Promise<number>
}

const json = ['--json', 'one JSON object on the last line of stdout', false] as const

/** `backup`, `restore` and `archive`. */
export function addBackup(
  program: Command,
  parts: {
    readonly actions: BackupActions
    readonly run: <T>(action: (options: T) => Promise<number>) => (options: T) => Promise<void>
  },
): void {
  const { actions, run } = parts
  program
    .command('backup')
    .description('write the whole database, as of one moment, to a new folder; payments go on')
    .requiredOption('--out <folder>', 'folder to make; never written over')
    .option(...json)
    .action(run(actions.backup))
  program
    .command('restore')
    .description('fill an empty database with a backup, all or nothing, and verify it')
    .requiredOption('--from <folder>', 'the backup')
    .option('--check', 'only compare its files with their checksums', false)
    .option('--pepper <file>', 'the pepper that was kept apart; put in place')
    .option('--without-pepper', 'restore although the pepper is lost', false)
    .option('--even-if-broken', 'restore although the backed-up books broke a rule', false)
    .option(...json)
    .action(run(actions.restore))
  program
    .command('archive')
    .description('write a closed month of the journal to a file that verifies alone')
    .option('--month <YYYY-MM>', 'local month', readMonth)
    .option('--out <file>', 'file to make; never written over')
    .option('--check <file>', 'verify such a file; needs no database')
    .option(...json)
    .action(run(actions.archive))
}

function readMonth(text: string): string {
  if (/^20\d{2}-(0[1-9]|1[0-2])$/.test(text)) return text
  throw new InvalidArgumentError('a month looks like 2014-07')
}
