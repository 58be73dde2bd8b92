import type { Reason, Warning } from '#contract'
import { wordsOf } from '#notifications'
import { reasonsOf } from './scalars.ts'

/** A refused sign-in or reset; `callCarrier`: the number may be in other hands. */
export function deniedAnswer(
  reasons: readonly { readonly code: string; readonly sentence: string }[],
  callCarrier: boolean,
): { status: 'denied'; reasons: Reason[]; warnings: Warning[] } {
  return { status: 'denied', reasons: reasonsOf(reasons), warnings: callCarrier ? [carrier()] : [] }
}

function carrier(): Warning {
  const { code, severity, title } = wordsOf('reset_refused_sms', {})
  const text =
    'We do not accept a code by SMS for this number at the moment. If it is yours, call your ' +
    'mobile operator on its public number: your SIM may have been replaced, or your messages ' +
    'forwarded. Nothing was changed.'
  return { code, severity, title, text, at: null, call_carrier: true }
}
