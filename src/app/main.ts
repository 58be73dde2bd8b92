import { runProgram, type Actions } from '#cli'
import { DatabaseFault } from '#database'
import { archiveAction } from './archive.ts'
import { backupAction, restoreAction } from './backup.ts'
import { checkout, programVersion } from './checkout.ts'
import { readConfig, type Config } from './config.ts'
import { modelAction } from './model-action.ts'
import { listsAction } from './lists-action.ts'
import { firstAdminAction } from './first-admin-action.ts'
import { policyAction } from './policy-action.ts'
import { reconcileAction, suspenseAction } from './reconcile-action.ts'
import { factsAction } from './facts-action.ts'
import { exportAction } from './export-action.ts'
import { schemaAction, verifyAction } from './prove.ts'
import { fundAgentAction } from './fund-agent-action.ts'
import { fundFilesAction } from './fund-files-action.ts'
import { fundReplayAction } from './fund-replay-action.ts'
import { fundYieldAction } from './fund-yield-action.ts'
import { startAction } from './start.ts'
import { theftAction } from './theft-action.ts'

const complain = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

/** The program: reads the environment once, runs one command, answers the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const withConfig =
    <T>(action: (config: Config, options: T) => Promise<number>) =>
    async (options: T & { readonly host?: string; readonly port?: string }) => {
      const config = readConfig(process.env, checkout, options)
      if (config.ok) return action(config.value, options)
      for (const fault of config.error) complain(fault)
      return 2
    }
  const actions: Actions = {
    start: withConfig(startAction),
    theft: theftAction,
    verify: withConfig(verifyAction),
    exportBooks: withConfig(exportAction),
    facts: withConfig(factsAction),
    reconcile: withConfig(reconcileAction),
    suspense: withConfig(suspenseAction),
    policy: withConfig(policyAction),
    model: withConfig(modelAction),
    lists: withConfig(listsAction),
    firstAdmin: withConfig(firstAdminAction),
    fundFiles: withConfig(fundFilesAction),
    fundAgent: withConfig(fundAgentAction),
    fundYield: fundYieldAction,
    fundReplay: fundReplayAction,
    writeSchema: () => schemaAction(),
    backup: withConfig(backupAction),
    restore: withConfig(restoreAction),
    archive: withConfig(archiveAction),
  }
  try {
    return await runProgram(argv, { actions, version: programVersion() })
  } catch (error) {
    if (!(error instanceof DatabaseFault)) throw error
    complain(error.message)
    return 1
  }
}
