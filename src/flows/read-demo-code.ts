import { operatorAppOf, totpCodeAt, totpStepAt, totpStepBegin } from '#identity'
import { fail, ok, type Result } from '#kernel'
import type { FlowContext, Problem } from './context.ts'

/** What the app of a simulated operator shows. null: each code that fits now has been used. */
export interface DemoCode {
  readonly code: string | null
}

/**
 * For visitors of a simulation, who have no phone of the operator they act as: elsewhere a code is
 * told to nobody. Answers like nobody's login for who has no app. Errors: simulation_off.
 */
export function createReadDemoCode(
  context: Pick<FlowContext, 'sql' | 'passwords' | 'realNow' | 'testClock'>,
) {
  return async (login: string): Promise<Result<DemoCode, Problem>> => {
    if (!context.testClock) return fail({ code: 'simulation_off' })
    const app = await operatorAppOf(context.sql, login.toLowerCase())
    const secret = app === null ? null : context.passwords.unseal(app.sealedSecret, app.operatorId)
    if (app === null || secret === null) return ok({ code: null })
    const present = totpStepAt(context.realNow())
    // The step before, this one or the next: each serves once, and three visitors may come at once.
    const step = [present - 1n, present, present + 1n].find((one) => one > app.lastStep)
    return ok({ code: step === undefined ? null : totpCodeAt(secret, totpStepBegin(step)) })
  }
}
