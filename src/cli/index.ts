/** The command line. Exit codes: 0 ok, 1 a check failed, 2 bad usage. */
export {
  exitCodes, runProgram, type Actions, type StartOptions, type TheftOptions,
} from './program.ts'
export type { ExportOptions } from './export-command.ts'
export type { ModelOptions } from './model-commands.ts'
export type { PolicyOptions } from './policy-commands.ts'
export type { ListOptions } from './list-commands.ts'
export type { ReconcileOptions, SuspenseOptions } from './reconcile-commands.ts'
export type { ArchiveOptions, BackupOptions, RestoreOptions } from './backup-commands.ts'
export { type FundReplayOptions, type FundYieldOptions } from './fund-commands.ts'
export type { FactsOptions } from './facts-command.ts'
export type { FirstAdminOptions } from './operator-commands.ts'
export type { FundAgentOptions, FundFilesOptions } from './fund-file-commands.ts'
