import type { Command } from '#commit'
import { isPassing } from '#partners'
import {
  endWithdrawal,
  waitingWithdrawals,
  withdrawalAccountKeys,
  withdrawalKey,
  type Withdrawal,
} from '#wallet'
import type { FlowContext } from './context.ts'
import { submit } from './submit.ts'

const endCommand: Command<{ present: Withdrawal; paid: boolean }, Withdrawal | null> = {
  name: 'flows.end-withdrawal',
  reads: ({ present }) => [withdrawalKey(present.id), ...withdrawalAccountKeys(present.customerId)],
  apply(state, { present, paid }, now) {
    const ended = endWithdrawal(state, { id: present.id, paid }, now)
    return ended.ok ? ended.value : null
  },
}

/**
 * Has the bank pay a withdrawal out and books its answer. Safe to repeat: the bank and the books
 * both know the withdrawal's id. A bank that does not answer leaves it pending.
 */
export function createSettleWithdrawal(context: FlowContext) {
  return async (present: Withdrawal): Promise<Withdrawal> => {
    const { bank } = context.partners
    if (bank === undefined || present.state !== 'pending') return present
    const { id, accountNumber, amount } = present
    const paidOut = await bank.payOut({ reference: id, accountNumber, amount })
    if (!paidOut.ok && isPassing(paidOut.error)) return present
    const paid = paidOut.ok && paidOut.value.status === 'settled'
    const request = { owner: 'jobs', id: `end:${id}`, content: { id, paid } }
    const ended = await submit(context, endCommand, { ...request, input: { present, paid } })
    return ended.ok && ended.value !== null ? ended.value : present
  }
}

/** Brings every pending withdrawal forward; for the jobs, after a restart or a silent bank. */
export function createSettleWithdrawals(context: FlowContext) {
  const settle = createSettleWithdrawal(context)
  return async (): Promise<number> => {
    const waiting = await waitingWithdrawals(context.sql)
    const ended = await Promise.all(waiting.map(settle))
    return ended.filter((each) => each.state !== 'pending').length
  }
}
