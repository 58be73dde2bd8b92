import type { FlowContext } from './context.ts'

/** `unchecked`: no register is configured, it did not answer, or it does not know the number. */
export type NameChecked = 'match' | 'mismatch' | 'unchecked'

/** Asks the register of persons, time-boxed: a register that is silent keeps nobody out. */
export async function checkName(
  { partners, log }: Pick<FlowContext, 'partners' | 'log'>,
  person: { readonly name: string; readonly idNumber: string },
): Promise<NameChecked> {
  if (partners.identity === undefined) return 'unchecked'
  const answer = await partners.identity.checkName(person)
  if (answer.ok) return answer.value === 'unknown' ? 'unchecked' : answer.value
  log.warn({ failure: answer.error }, 'the register of persons did not answer at a sign-up')
  return 'unchecked'
}
