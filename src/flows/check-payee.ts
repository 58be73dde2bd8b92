import { findPayee, type Payee } from '#identity'
import { fail, ok, type Result } from '#kernel'
import { hasPaid } from '#wallet'
import { compareName, type NameMatch } from './compare-name.ts'
import type { Actor, FlowContext, Problem } from './context.ts'
import { countNameCheck } from './count-name-check.ts'
import { submit } from './submit.ts'
import type { Warning } from './sms-warnings.ts'

export interface PayeeCheck extends Payee {
  readonly paidBefore: boolean
  readonly warnings: readonly Warning[]
  /** null: no name was given. */
  readonly nameMatch: NameMatch | null
}

/**
 * Who would be paid, before paying, and whether that is who the payer thinks.
 * Errors: payee_not_found, payee_is_payer, too_many_tries.
 */
export function createCheckPayee(context: Pick<FlowContext, 'sql' | 'now' | 'lane' | 'ids'>) {
  return async (
    { customerId }: Pick<Actor, 'customerId'>,
    phone: string,
    name?: string,
  ): Promise<Result<PayeeCheck, Problem>> => {
    const { sql } = context
    const payee = await findPayee(sql, phone)
    if (payee === null) return fail({ code: 'payee_not_found', param: 'phone' })
    if (payee.id === customerId) return fail({ code: 'payee_is_payer', param: 'phone' })
    const paidBefore = await hasPaid(sql, customerId, payee.id)
    const first = paidBefore || payee.kind === 'merchant' ? [] : [firstTime]
    if (name === undefined) return ok({ ...payee, paidBefore, warnings: first, nameMatch: null })
    const request = { owner: customerId, id: context.ids.next('req'), input: { customerId } }
    const counted = await submit(context, countNameCheck, request)
    if (!counted.ok) return counted
    if (!counted.value) return fail({ code: 'too_many_tries', param: 'name' })
    const nameMatch = compareName(name, payee.name)
    const warnings = nameMatch === 'no_match' ? [otherName, ...first] : first
    return ok({ ...payee, paidBefore, warnings, nameMatch })
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

/** The name itself stays hidden: who typed a wrong one is not told the right one. */
const otherName: Warning = {
  code: 'payee_name_differs',
  severity: 'warning',
  title: 'This number belongs to somebody else',
  text:
    'The name you gave is not the name of this customer. Before you send anything, ask whom ' +
    'you want to pay, in a call that you make yourself.',
  at: null,
  callCarrier: false,
}
