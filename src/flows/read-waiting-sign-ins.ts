import { waitingSignIns, type WaitingSignIn } from '#identity'
import type { Actor, FlowContext } from './context.ts'

/** Sign-ins on other devices that a trusted one may vouch for, newest first. */
export function createReadWaitingSignIns(context: Pick<FlowContext, 'sql' | 'now'>) {
  return ({ customerId }: Pick<Actor, 'customerId'>): Promise<WaitingSignIn[]> =>
    waitingSignIns(context.sql, customerId, context.now())
}
