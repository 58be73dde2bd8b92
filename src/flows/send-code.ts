import type { Command } from '#commit'
import {
  codeKey,
  codeLifeMs,
  codeResendMs,
  issueCode,
  newCode,
  smsWatchKey,
  watchCode,
  watchOf,
  type CodePurpose,
} from '#identity'
import { fail, ok, sha256Hex, type Instant, type Result } from '#kernel'
import { isPassing } from '#partners'
import type { FlowContext, Problem } from './context.ts'
import { personDeadline } from './person-deadline.ts'
import { submit } from './submit.ts'

export interface CodeSent {
  readonly expiresAt: Instant
  readonly resendAt: Instant
}

interface IssueCode {
  readonly phone: string
  readonly purpose: CodePurpose
  readonly digest: string
  readonly lifeMs: number
  /** Names the text to the carrier. */
  readonly reference: string
  /** Keyed hash of the text's hash, which the enrolled phone reports having seen. */
  readonly textDigest: string
}

type CodeIssued = { status: 'issued'; at: Instant } | { status: 'too_many_tries' }

const issue: Command<IssueCode, CodeIssued> = {
  name: 'identity.issue-code',
  reads: ({ phone }) => [codeKey(phone), smsWatchKey(phone)],
  apply(state, input, now) {
    const before = watchOf(state, input.phone)
    const issued = issueCode(state, input, now)
    if (issued === 'issued') {
      watchCode(state, { before, reference: input.reference, digest: input.textDigest }, now)
    }
    return issued === 'issued' ? { status: 'issued', at: now } : { status: 'too_many_tries' }
  },
}

/**
 * Notes a new code for a number, then has the carrier send it. The code is in the text and nowhere
 * else. Errors: partner_not_configured, partner_unavailable, partner_refused, too_many_tries.
 */
export async function sendCode(
  context: FlowContext,
  wanted: { phone: string; purpose: CodePurpose },
): Promise<Result<CodeSent, Problem>> {
  const { carrier } = context.partners
  if (carrier === undefined) return fail({ code: 'partner_not_configured', param: 'carrier' })
  const code = newCode(context.random)
  const reference = context.ids.next('cod')
  const lifeMs = personDeadline(context, codeLifeMs)
  const digest = context.passwords.fingerprint('code', `${wanted.phone}:${code}`)
  const text = `Your Coffer code is ${code}. It is valid for 5 minutes. Never tell it to anybody.`
  const textDigest = context.passwords.fingerprint('text', sha256Hex(text))
  const input = { ...wanted, digest, lifeMs, reference, textDigest }
  const issued = await submit(context, issue, { owner: 'code', id: reference, input })
  if (!issued.ok) return issued
  if (issued.value.status !== 'issued') return fail({ code: issued.value.status })
  const sent = await carrier.sendSms({ reference, phone: wanted.phone, text })
  if ('unknown' in sent) {
    context.log.warn({ reference, reason: sent.unknown }, 'a code could not be sent')
    return fail({ code: isPassing(sent.unknown) ? 'partner_unavailable' : 'partner_refused' })
  }
  const { at } = issued.value
  const resendAt = at + personDeadline(context, codeResendMs)
  return ok({ expiresAt: at + lifeMs, resendAt })
}
