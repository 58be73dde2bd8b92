import type { Command } from '#commit'
import {
  actorKeys,
  beginTotp,
  findCustomer,
  makeRecoverySet,
  newTotpSecret,
  recoveryCodeKey,
  recoveryCodesOf,
  recoveryDigestOf,
  recoverySetKey,
  removeTotp,
  secondFactorsOf,
  totpKey,
  totpUri,
  tryTotp,
  type SecondFactors,
  type TotpTried,
} from '#identity'
import { fail, ok, type Result } from '#kernel'
import { cleanChannels, notify } from '#notifications'
import type { Actor, FlowContext, Problem } from './context.ts'
import {
  provedKeys,
  provePasswordAgain,
  refusalOfProved,
  type ProvedAgain,
} from './password-again.ts'
import { checkFactor } from './second-factor.ts'
import { submit } from './submit.ts'

type Answer = { readonly code: Problem['code'] | null; readonly undecided?: true }

interface Wish {
  readonly requestId: string
  readonly password: string
}

const begin: Command<{ proved: ProvedAgain; sealedSecret: string }, Answer> = {
  name: 'identity.begin-totp',
  reads: ({ proved }) => [...actorKeys(proved), ...provedKeys(proved), totpKey(proved.customerId)],
  apply(state, { proved, sealedSecret }, now) {
    const refused = refusalOfProved(state, proved, now)
    if (refused !== null) return refused
    const begun = beginTotp(state, { customerId: proved.customerId, sealedSecret }, now)
    return { code: begun ? null : 'totp_on' }
  },
}

/**
 * Makes the secret of an app; nothing asks for its codes before one of them was shown. Errors:
 * device_not_trusted, credentials_wrong, too_many_tries, totp_on, session_expired, customer_frozen.
 */
export function createBeginTotp(context: FlowContext) {
  return async (
    actor: Actor,
    { password }: Pick<Wish, 'password'>,
  ): Promise<Result<{ secret: string; uri: string }, Problem>> => {
    const proved = await provePasswordAgain(context, actor, password)
    if (!proved.ok) return proved
    const { customerId } = actor
    const { passwords, random, ids, sql } = context
    const secret = newTotpSecret(random)
    const sealedSecret = passwords.seal(secret, { nonce: random.bytes(12), owner: customerId })
    const input = { proved: proved.value, sealedSecret }
    // Under an id of its own: a secret is told once and remembered by nobody.
    const request = { owner: customerId, id: ids.next('req'), input }
    const answer = await submit(context, begin, request)
    if (!answer.ok) return answer
    if (answer.value.code !== null) return fail({ code: answer.value.code })
    const who = await findCustomer(sql, customerId)
    return ok({ secret, uri: totpUri(secret, who?.phoneMasked ?? customerId) })
  }
}

interface Sheet {
  readonly proved: ProvedAgain
  readonly digests: readonly string[]
  /** The first code of a new app, or null when only the sheet is new. */
  readonly code: TotpTried | null
}

const newSheet: Command<Sheet, Answer> = {
  name: 'identity.new-recovery-codes',
  reads: ({ proved, digests }) => [
    ...actorKeys(proved),
    ...provedKeys(proved),
    totpKey(proved.customerId),
    recoverySetKey(proved.customerId),
    ...digests.map((digest) => recoveryCodeKey(proved.customerId, digest)),
  ],
  apply(state, { proved, digests, code }, now) {
    const refused = refusalOfProved(state, proved, now)
    if (refused !== null) return refused
    const { customerId } = proved
    if (code !== null) {
      const verdict = tryTotp(state, { customerId, code }, now)
      if (verdict !== 'fits') return { code: verdict }
    }
    makeRecoverySet(state, { customerId, digests }, now)
    const template = code === null ? 'recovery_codes_made' : 'totp_on'
    notify(state, { customerId, channels: cleanChannels, template }, now)
    return { code: null }
  },
}

/**
 * A new sheet of recovery codes; with a code of a new app, the app is asked for from now on. The
 * codes are shown here and never again, but to who repeats this wish. Errors: device_not_trusted,
 * credentials_wrong, too_many_tries, code_wrong, session_expired, customer_frozen.
 */
export function createMakeRecoveryCodes(context: FlowContext) {
  return async (
    actor: Actor,
    input: Wish & { totpCode?: string },
  ): Promise<Result<{ codes: string[] }, Problem>> => {
    const proved = await provePasswordAgain(context, actor, input.password)
    if (!proved.ok) return proved
    const { requestId, totpCode } = input
    const { customerId } = actor
    const { passwords } = context
    const codes = recoveryCodesOf(passwords, { customerId, requestId })
    const digests = codes.map((code) => recoveryDigestOf(passwords, { customerId, code }))
    const typed = totpCode === undefined ? {} : { totpCode }
    const { totp: code } = await checkFactor(context, customerId, typed)
    const answer = await submit(context, newSheet, {
      owner: customerId,
      id: `sheet:${requestId}`,
      content: { totpCode: totpCode ?? null },
      input: { proved: proved.value, digests, code },
    })
    if (!answer.ok) return answer
    return answer.value.code === null ? ok({ codes }) : fail({ code: answer.value.code })
  }
}

const remove: Command<{ proved: ProvedAgain }, Answer> = {
  name: 'identity.remove-totp',
  reads: ({ proved }) => [...actorKeys(proved), ...provedKeys(proved), totpKey(proved.customerId)],
  apply(state, { proved }, now) {
    const refused = refusalOfProved(state, proved, now)
    if (refused !== null) return refused
    const { customerId } = proved
    if (!removeTotp(state, customerId)) return { code: 'totp_off' }
    notify(state, { customerId, channels: cleanChannels, template: 'totp_off' }, now)
    return { code: null }
  },
}

/**
 * The app is not asked for any more. Errors: device_not_trusted, credentials_wrong, totp_off,
 * too_many_tries, session_expired, customer_frozen.
 */
export function createRemoveTotp(context: FlowContext) {
  return async (actor: Actor, input: Wish): Promise<Result<{ removed: true }, Problem>> => {
    const proved = await provePasswordAgain(context, actor, input.password)
    if (!proved.ok) return proved
    const answer = await submit(context, remove, {
      owner: actor.customerId,
      id: input.requestId,
      content: 'remove totp',
      input: { proved: proved.value },
    })
    if (!answer.ok) return answer
    return answer.value.code === null ? ok({ removed: true }) : fail({ code: answer.value.code })
  }
}

/** What a customer has beside his password. */
export function createReadSecondFactors(context: Pick<FlowContext, 'sql'>) {
  return ({ customerId }: Pick<Actor, 'customerId'>): Promise<SecondFactors> =>
    secondFactorsOf(context.sql, customerId)
}
