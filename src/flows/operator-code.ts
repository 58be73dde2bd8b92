import { totpStepOf, type TotpTried } from '#identity'
import type { FlowContext } from './context.ts'

/** Checks a code against an operator's app, as far as it can be before the command. */
export function triedCode(
  context: Pick<FlowContext, 'passwords' | 'realNow' | 'now' | 'testClock'>,
  app: { operatorId: string; sealedSecret: string } | null,
  code: string,
): TotpTried {
  if (app === null) return { sealedSecret: '', step: null }
  const { sealedSecret, operatorId } = app
  const secret = context.passwords.unseal(sealedSecret, operatorId)
  if (secret === null) return { sealedSecret, step: null }
  const step = totpStepOf(secret, code, context.realNow())
  // A person's phone knows real time only; the app of somebody simulated goes by simulated time.
  const simulated = step === null && context.testClock
  return { sealedSecret, step: simulated ? totpStepOf(secret, code, context.now()) : step }
}
