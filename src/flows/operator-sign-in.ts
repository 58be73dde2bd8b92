import type { Command, View } from '#commit'
import {
  countOperatorFailure,
  forgetOperatorFailures,
  operator,
  operatorAppOf,
  operatorByLogin,
  operatorDoorClosed,
  operatorDoorKeys,
  operatorKey,
  totpKey,
  tryTotp,
  type Operator,
  type OperatorDoor,
  type OperatorProof,
  type TotpTried,
} from '#identity'
import { fail, ok, type Instant, type Result } from '#kernel'
import type { FlowContext, Problem } from './context.ts'
import { triedCode } from './operator-code.ts'
import {
  openOperatorSession,
  operatorSessionKeys,
  operatorSignedIn,
  planOperatorSession,
  type OperatorSessionPlan,
  type OperatorSignedIn,
} from './operator-session.ts'
import { submit } from './submit.ts'

export interface OperatorSignInInput {
  readonly login: string
  readonly password: string
  /** Of his app; asked for once he has one. */
  readonly code?: string
  /** The /24 (or /48) the request came from. */
  readonly network: string
}

type Refused = { readonly code: Problem['code'] }

/** The same for a login that nobody has; the answer while the door is closed differs for nobody. */
const countFailure: Command<OperatorDoor, Refused> = {
  name: 'identity.count-failed-operator-sign-in',
  reads: (door) => operatorDoorKeys(door),
  apply(state, door, now) {
    const closed = operatorDoorClosed(state, door, now)
    countOperatorFailure(state, door, now)
    return { code: closed ? 'too_many_tries' : 'credentials_wrong' }
  },
}

interface Open extends OperatorSessionPlan {
  readonly operatorId: string
  readonly verifiedHash: string
  readonly door: OperatorDoor
  /** null: no code was shown. */
  readonly tried: TotpTried | null
}

const open: Command<Open, Refused | { expiresAt: Instant }> = {
  name: 'identity.operator-sign-in',
  reads: (input) => [
    operatorKey(input.operatorId),
    totpKey(input.operatorId),
    ...operatorSessionKeys(input),
    ...operatorDoorKeys(input.door),
  ],
  apply(state, input, now) {
    const who = state.get(operator, input.operatorId)
    if (who === undefined || who.passwordHash !== input.verifiedHash) {
      return { code: 'credentials_wrong' }
    }
    const proof = proofOf(state, { who, ...input }, now)
    if (typeof proof !== 'string') return proof
    forgetOperatorFailures(state, input.door, now)
    return { expiresAt: openOperatorSession(state, { ...input, who, proof }, now) }
  },
}

/**
 * What was shown beside the password. A closed door lets in who shows both in one request, so
 * nobody is locked out by somebody else's guesses; to everybody else it does not even say that
 * the password was right.
 */
function proofOf(
  state: View,
  { who, door, tried }: Pick<Open, 'door' | 'tried'> & { who: Operator },
  now: Instant,
): OperatorProof | Refused {
  const closed = operatorDoorClosed(state, door, now)
  if (who.factorSince === null) return closed ? { code: 'too_many_tries' } : 'none'
  if (tried === null) return { code: closed ? 'too_many_tries' : 'second_factor_required' }
  const verdict = tryTotp(state, { customerId: who.id, code: tried }, now)
  if (verdict === 'fits') return 'totp'
  return { code: closed ? 'too_many_tries' : verdict }
}

/**
 * Signs a member of staff in by password and the code of his app. Who has no factor yet gets a
 * session that may do nothing but enrol. Neither answers nor times tell whether a login exists.
 * Errors: credentials_wrong, too_many_tries, second_factor_required, code_wrong.
 */
export function createOperatorSignIn(context: FlowContext) {
  return async (input: OperatorSignInInput): Promise<Result<OperatorSignedIn, Problem>> => {
    const { sql, passwords, ids } = context
    const login = input.login.toLowerCase()
    const door: OperatorDoor = { login, network: input.network }
    const [known, app] = await Promise.all([operatorByLogin(sql, login), operatorAppOf(sql, login)])
    const right =
      known === null
        ? await passwords.verifyNothing(input.password)
        : await passwords.verify(known.passwordHash, input.password)
    if (known === null || !right) {
      const request = { owner: 'operator', id: ids.next('req'), input: door }
      const counted = await submit(context, countFailure, request)
      return counted.ok ? fail(counted.value) : counted
    }
    const { token, plan } = planOperatorSession(context)
    const operatorId = known.id
    const answer = await submit(context, open, {
      owner: 'operator',
      id: ids.next('req'),
      input: {
        ...plan,
        operatorId,
        verifiedHash: known.passwordHash,
        door,
        tried: input.code === undefined ? null : triedCode(context, app, input.code),
      },
    })
    if (!answer.ok) return answer
    if ('code' in answer.value) return fail(answer.value)
    return ok(operatorSignedIn(token, { operatorId, expiresAt: answer.value.expiresAt }))
  }
}
