import type { Command } from '#commit'
import {
  openSealedChallenge,
  operator,
  operatorKey,
  operatorPasskeyKey,
  operatorPasskeyToVerify,
  sealChallenge,
  sealedChallengeLifeMs,
  spendChallenge,
  spentChallengeKey,
  useOperatorPasskey,
  verifyPasskeyUse,
  type PasskeyUsed,
} from '#identity'
import { fail, ok, type Instant, type Result } from '#kernel'
import type { FlowContext, Problem } from './context.ts'
import {
  openOperatorSession,
  operatorSessionKeys,
  operatorSignedIn,
  planOperatorSession,
  type OperatorSessionPlan,
  type OperatorSignedIn,
} from './operator-session.ts'
import { personDeadline } from './person-deadline.ts'
import type { PasskeyAsked } from './sign-in-with-passkey.ts'
import { siteOf } from './site-of.ts'
import { submit } from './submit.ts'

/** Prepares a sign-in by passkey. Asks for no name, so it can tell nothing about anybody. */
export function createBeginOperatorPasskeySignIn(context: FlowContext) {
  return (): PasskeyAsked => {
    const expiresAt = context.now() + personDeadline(context, sealedChallengeLifeMs)
    const subject = { purpose: 'operator_sign_in', about: '' } as const
    return { challenge: sealChallenge(context, subject, expiresAt), rpId: siteOf(context).rpId }
  }
}

interface Open extends OperatorSessionPlan {
  readonly operatorId: string
  readonly challengeId: string
  readonly passkeyId: string
  readonly counter: bigint
}

const open: Command<Open, { code: Problem['code'] } | { expiresAt: Instant }> = {
  name: 'identity.operator-passkey-sign-in',
  reads: (input) => [
    operatorKey(input.operatorId),
    operatorPasskeyKey(input.passkeyId),
    spentChallengeKey(input.challengeId),
    ...operatorSessionKeys(input),
  ],
  apply(state, input, now) {
    const { operatorId, challengeId, passkeyId, counter } = input
    const who = state.get(operator, operatorId)
    if (who === undefined) return { code: 'passkey_wrong' }
    const spent = { id: challengeId, purpose: 'operator_sign_in', customerId: operatorId } as const
    if (!spendChallenge(state, spent, now)) return { code: 'challenge_not_found' }
    const { factorSince } = who
    const used = { id: passkeyId, operatorId, counter, factorSince }
    if (!useOperatorPasskey(state, used, now)) return { code: 'passkey_wrong' }
    return { expiresAt: openOperatorSession(state, { ...input, who, proof: 'passkey' }, now) }
  },
}

/**
 * Signs a member of staff in by passkey alone. No count of wrong passwords keeps it out.
 * Errors: challenge_not_found, challenge_expired, passkey_wrong.
 */
export function createOperatorPasskeySignIn(context: FlowContext) {
  return async (input: {
    challengeId: string
    used: PasskeyUsed
  }): Promise<Result<OperatorSignedIn, Problem>> => {
    const { challengeId, used } = input
    const { passwords, sql, ids } = context
    const subject = { purpose: 'operator_sign_in', about: '', id: challengeId } as const
    const opened = openSealedChallenge(passwords, subject, context.now())
    if (!opened.ok) return fail({ code: opened.error, param: 'challenge_id' })
    const known = await operatorPasskeyToVerify(sql, used.id)
    if (known === null) return fail({ code: 'passkey_wrong' })
    const site = siteOf(context)
    const fits = await verifyPasskeyUse(used, known, { site, challenge: opened.value })
    if (fits === null) return fail({ code: 'passkey_wrong' })
    const { token, plan } = planOperatorSession(context)
    const { operatorId, id: passkeyId } = known
    const { counter } = fits
    const answer = await submit(context, open, {
      owner: 'operator',
      id: ids.next('req'),
      input: { ...plan, operatorId, challengeId, passkeyId, counter },
    })
    if (!answer.ok) return answer
    if ('code' in answer.value) return fail(answer.value)
    return ok(operatorSignedIn(token, { operatorId, expiresAt: answer.value.expiresAt }))
  }
}
