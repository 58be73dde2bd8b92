import type { Command, Key, View } from '#commit'
import {
  beginTotp,
  newTotpSecret,
  openSealedChallenge,
  operator,
  operatorAppOf,
  operatorKey,
  operatorPasskey,
  operatorPasskeyKey,
  operatorSession,
  operatorSessionIdOf,
  operatorSessionKey,
  passkeyAlgorithms,
  sealChallenge,
  sealedChallengeLifeMs,
  spendChallenge,
  spentChallengeKey,
  totpKey,
  totpUri,
  tryTotp,
  verifyNewPasskey,
  type Operator,
  type PasskeyMade,
  type TotpTried,
} from '#identity'
import { fail, ok, sha256Hex, type Instant, type Result } from '#kernel'
import { submitAudited } from './audited.ts'
import type { PasskeyOptions } from './begin-passkey.ts'
import type { FlowContext, Problem } from './context.ts'
import type { OperatorAuthenticated } from './operator-authenticate.ts'
import { triedCode } from './operator-code.ts'
import { personDeadline } from './person-deadline.ts'
import { siteOf } from './site-of.ts'
import { submit } from './submit.ts'

type Answer = { readonly code: Problem['code'] | null }

/** Who enrols, and in which session. */
interface Enrolling {
  readonly operatorId: string
  readonly sessionId: string
}

/** The operator, and the token of the session he enrols in. */
export interface EnrolCaller {
  readonly operator: OperatorAuthenticated
  readonly token: string
}

function enrolling({ operator: { operatorId }, token }: EnrolCaller): Enrolling {
  return { operatorId, sessionId: operatorSessionIdOf(token) }
}

function enrolKeys({ operatorId, sessionId }: Enrolling): Key[] {
  return [operatorKey(operatorId), operatorSessionKey(sessionId)]
}

/**
 * The operator, if this session may enrol: one opened without a factor may only while he has none,
 * so that who knows a password alone cannot add to what somebody else has set up.
 */
function enrollee(
  state: View,
  { operatorId, sessionId }: Enrolling,
  now: Instant,
): Operator | null {
  const who = state.get(operator, operatorId)
  const by = state.get(operatorSession, sessionId)
  if (who === undefined || by?.operatorId !== operatorId) return null
  if (by.endedAt !== null || now >= by.expiresAt) return null
  if (who.sessionsEndedAt !== null && by.createdAt <= who.sessionsEndedAt) return null
  return by.proof === 'none' && who.factorSince !== null ? null : who
}

/** The first factor opens the session it was enrolled in for work. */
function enrolled(
  state: View,
  { who, sessionId, proof }: { who: Operator; sessionId: string; proof: 'totp' | 'passkey' },
  now: Instant,
): void {
  if (who.factorSince === null) state.put(operator, { ...who, factorSince: now })
  const by = state.get(operatorSession, sessionId)
  if (by?.proof === 'none') state.put(operatorSession, { ...by, proof })
}

const begin: Command<Enrolling & { sealedSecret: string }, Answer> = {
  name: 'identity.begin-operator-totp',
  reads: (input) => [...enrolKeys(input), totpKey(input.operatorId)],
  apply(state, input, now) {
    if (enrollee(state, input, now) === null) return { code: 'session_expired' }
    const { operatorId: customerId, sealedSecret } = input
    return { code: beginTotp(state, { customerId, sealedSecret }, now) ? null : 'totp_on' }
  },
}

/**
 * Makes the secret of an operator's app; it counts once a code of it was shown.
 * Errors: session_expired, totp_on.
 */
export function createBeginOperatorTotp(context: FlowContext) {
  return async (caller: EnrolCaller): Promise<Result<{ secret: string; uri: string }, Problem>> => {
    const { operatorId, login } = caller.operator
    const { passwords, random, ids } = context
    const secret = newTotpSecret(random)
    const sealedSecret = passwords.seal(secret, { nonce: random.bytes(12), owner: operatorId })
    // Under an id of its own: a secret is told once and remembered by nobody.
    const request = { owner: operatorId, id: ids.next('req') }
    const input = { ...enrolling(caller), sealedSecret }
    const answer = await submit(context, begin, { ...request, input })
    if (!answer.ok) return answer
    if (answer.value.code !== null) return fail({ code: answer.value.code })
    return ok({ secret, uri: totpUri(secret, `${login} (operator)`) })
  }
}

const confirm: Command<Enrolling & { tried: TotpTried }, Answer> = {
  name: 'identity.confirm-operator-totp',
  reads: (input) => [...enrolKeys(input), totpKey(input.operatorId)],
  apply(state, input, now) {
    const who = enrollee(state, input, now)
    if (who === null) return { code: 'session_expired' }
    const verdict = tryTotp(state, { customerId: who.id, code: input.tried }, now)
    if (verdict !== 'fits') return { code: verdict }
    enrolled(state, { who, sessionId: input.sessionId, proof: 'totp' }, now)
    return { code: null }
  },
}

/** The first code of an operator's app. Errors: code_wrong, too_many_tries, session_expired. */
export function createConfirmOperatorTotp(context: FlowContext) {
  return async (caller: EnrolCaller, code: string): Promise<Result<null, Problem>> => {
    const { operatorId, login } = caller.operator
    const tried = triedCode(context, await operatorAppOf(context.sql, login), code)
    const answer = await submitAudited(context, caller.operator, {
      command: confirm,
      action: 'confirmOperatorTotp',
      subject: operatorId,
      id: context.ids.next('req'),
      input: { ...enrolling(caller), tried },
      outcomeOf: (given) => given.code ?? 'done',
    })
    if (!answer.ok) return answer
    return answer.value.code === null ? ok(null) : fail({ code: answer.value.code })
  }
}

/** Prepares a passkey of an operator. No errors of its own. */
export function createBeginOperatorPasskey(context: FlowContext) {
  return (who: OperatorAuthenticated): PasskeyOptions => {
    const { operatorId, login, name } = who
    const subject = { purpose: 'operator_passkey', about: operatorId } as const
    const expiresAt = context.now() + personDeadline(context, sealedChallengeLifeMs)
    const handle = sha256Hex(`passkey operator ${operatorId}`)
    return {
      challenge: sealChallenge(context, subject, expiresAt),
      rpId: siteOf(context).rpId,
      userHandle: Buffer.from(handle, 'hex').toString('base64url'),
      userName: `${login} (operator)`,
      displayName: name,
      algorithms: passkeyAlgorithms,
      exclude: [],
    }
  }
}

interface AddPasskey extends Enrolling {
  readonly challengeId: string
  readonly id: string
  readonly publicKey: string
  readonly counter: bigint
  readonly name: string
}

const add: Command<AddPasskey, Answer> = {
  name: 'identity.add-operator-passkey',
  reads: (input) => [
    ...enrolKeys(input),
    spentChallengeKey(input.challengeId),
    operatorPasskeyKey(input.id),
  ],
  apply(state, input, now) {
    const { sessionId, challengeId, operatorId, ...made } = input
    const who = enrollee(state, input, now)
    if (who === null) return { code: 'session_expired' }
    const spent = { id: challengeId, purpose: 'operator_passkey', customerId: operatorId } as const
    if (!spendChallenge(state, spent, now)) return { code: 'challenge_not_found' }
    if (state.get(operatorPasskey, made.id) !== undefined) return { code: 'passkey_taken' }
    const times = { addedAt: now, lastUsedAt: null, removedAt: null }
    state.put(operatorPasskey, { ...made, operatorId, ...times })
    enrolled(state, { who, sessionId, proof: 'passkey' }, now)
    return { code: null }
  },
}

/**
 * Adds a passkey of an operator. Errors: challenge_not_found, challenge_expired, passkey_wrong,
 * passkey_taken, session_expired.
 */
export function createAddOperatorPasskey(context: FlowContext) {
  return async (
    caller: EnrolCaller,
    input: { challengeId: string; name: string; made: PasskeyMade },
  ): Promise<Result<null, Problem>> => {
    const { challengeId, name, made } = input
    const { operatorId } = caller.operator
    const subject = { purpose: 'operator_passkey', about: operatorId, id: challengeId } as const
    const opened = openSealedChallenge(context.passwords, subject, context.now())
    if (!opened.ok) return fail({ code: opened.error, param: 'challenge_id' })
    const site = siteOf(context)
    const verified = await verifyNewPasskey(made, { site, challenge: opened.value })
    if (verified === null) return fail({ code: 'passkey_wrong' })
    const { id, publicKey, counter } = verified
    const answer = await submitAudited(context, caller.operator, {
      command: add,
      action: 'addOperatorPasskey',
      subject: operatorId,
      id: context.ids.next('req'),
      input: { ...enrolling(caller), challengeId, id, publicKey, counter, name },
      outcomeOf: (given) => given.code ?? 'done',
    })
    if (!answer.ok) return answer
    return answer.value.code === null ? ok(null) : fail({ code: answer.value.code })
  }
}
