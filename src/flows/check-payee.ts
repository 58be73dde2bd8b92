import { findPayee, type Payee } from '#identity'
import { fail, ok, type Result } from '#kernel'
import { hasPaid } from '#wallet'
import type { Actor, FlowContext, Problem } from './context.ts'
import type { Warning } from './sms-warnings.ts'

export interface PayeeCheck extends Payee {
  readonly paidBefore: boolean
  readonly warnings: readonly Warning[]
}

/** Who would be paid, before paying. Errors: payee_not_found, payee_is_payer. */
export function createCheckPayee(context: Pick<FlowContext, 'sql' | 'now'>) {
  return async (
    { customerId }: Pick<Actor, 'customerId'>,
    phone: string,
  ): Promise<Result<PayeeCheck, Problem>> => {
    const { sql } = context
    const payee = await findPayee(sql, phone)
    if (payee === null) return fail({ code: 'payee_not_found', param: 'phone' })
    if (payee.id === customerId) return fail({ code: 'payee_is_payer', param: 'phone' })
    const paidBefore = await hasPaid(sql, customerId, payee.id)
    const warnings = paidBefore || payee.kind === 'merchant' ? [] : [firstTime]
    return ok({ ...payee, paidBefore, warnings })
  }
}

/** Said to everybody before the first payment to a person: it costs an honest payer one look. */
const firstTime: Warning = {
  code: 'first_payment',
  severity: 'warning',
  title: 'You have not paid this person before',
  text:
    'Make sure that you know who this is. Nobody from a bank, the police or our staff ever asks ' +
    'you to move money to keep it safe.',
  at: null,
  callCarrier: false,
}
