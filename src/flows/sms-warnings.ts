import type { CustomerView } from '#identity'
import type { Instant } from '#kernel'
import { wordsOf, type Severity, type TemplateName } from '#notifications'

/** Something a customer must know before he trusts his phone. */
export interface Warning {
  readonly code: string
  readonly severity: Severity
  readonly title: string
  readonly text: string
  readonly at: Instant | null
  readonly callCarrier: boolean
}

type SmsStanding = Pick<CustomerView, 'forwarding' | 'simSwap' | 'silence' | 'smsSignalAt'>

/** What is wrong with a customer's text messages now, in the words of the notices about it. */
export function smsWarnings(customer: SmsStanding): Warning[] {
  const { forwarding, simSwap, silence, smsSignalAt: at } = customer
  const templates: TemplateName[] = []
  if (forwarding === 'yes') templates.push('sms_forwarded')
  if (simSwap === 'yes') templates.push('sim_swapped')
  if (silence === 'yes') templates.push('sms_silence')
  return templates.map((name) => warningOf(name, {}, at))
}

/** A notice's words as a warning. */
export function warningOf(
  name: TemplateName,
  params: Readonly<Record<string, string>>,
  at: Instant | null,
): Warning {
  const { code, severity, title, text, callCarrier = false } = wordsOf(name, params)
  return { code, severity, title, text, at, callCarrier }
}
