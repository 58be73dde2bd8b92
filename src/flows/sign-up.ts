import { freshKeyOf, type Command, type Key, type View } from '#commit'
import {
  bindDeviceKey,
  codeKey,
  credential,
  customer,
  customersOn,
  deviceKey,
  deviceKeyKey,
  deviceUseKey,
  freshSessionKey,
  openSession,
  passwordWeak,
  phoneEntry,
  phoneKey,
  seeDevice,
  tryCode,
  useCode,
  type CodeError,
} from '#identity'
import { fail, ok, type Instant, type Result } from '#kernel'
import { account, accountId, openAccount, type AccountCode } from '#ledger'
import { guardKeys, recordEvent, type GuardParties } from '#risk'
import type { FlowContext, Problem } from './context.ts'
import { planSession, signedIn, type SessionPlan, type SignedIn } from './new-session.ts'
import type { Origin } from './origin.ts'
import { checkName, type NameChecked } from './check-name.ts'
import { submit } from './submit.ts'

export interface SignUpInput {
  readonly phone: string
  readonly code: string
  readonly name: string
  /** null: a merchant. */
  readonly idNumber: string | null
  readonly password: string
  /** Default: person. */
  readonly kind?: 'person' | 'merchant'
}

interface SignUp extends SessionPlan {
  readonly customerId: string
  readonly kind: 'person' | 'merchant'
  readonly phone: string
  readonly codeDigest: string
  readonly name: string
  readonly idNumberHash: string | null
  readonly realName: NameChecked
  readonly passwordHash: string
  readonly deviceId: string
  readonly deviceName: string
  readonly publicKey: string | null
  readonly network: string
}

type SignUpAnswer =
  | { readonly status: 'signed_up'; readonly expiresAt: Instant }
  | { readonly status: CodeError | 'phone_taken' | 'real_name_mismatch' }

/** Wallet, held, subscription and redemption under way, recallable transfers; the fund's units. */
const everybodysAccounts: readonly AccountCode[] = [
  '2010',
  '2020',
  '2040',
  '2050',
  '2080',
  'R201',
  'R202',
  'R203',
]

function accountsOf(kind: SignUp['kind']): readonly AccountCode[] {
  return kind === 'merchant' ? [...everybodysAccounts, '2070'] : everybodysAccounts
}

function partiesOf({ customerId, deviceId, network }: SignUp): GuardParties {
  return { holder: accountId('2010', customerId), payeeHolder: null, deviceId, network }
}

/** Customer, password, phone, first device, session and ledger accounts: all or nothing. */
const signUp: Command<SignUp, SignUpAnswer> = {
  name: 'identity.sign-up',
  reads(input): Key[] {
    const { customerId, phone, deviceId, sessionId, kind } = input
    return [
      codeKey(phone),
      phoneKey(phone),
      freshKeyOf(customer, customerId),
      freshKeyOf(credential, customerId),
      deviceKey(customerId, deviceId),
      deviceKeyKey({ customerId, deviceId }),
      deviceUseKey(deviceId),
      freshSessionKey(sessionId),
      ...accountsOf(kind).map((code) => freshKeyOf(account, accountId(code, customerId))),
      ...guardKeys(partiesOf(input)),
    ]
  },
  apply(state, input, now) {
    const { customerId, phone, codeDigest, kind, passwordHash } = input
    const verdict = tryCode(state, { phone, purpose: 'sign_up', digest: codeDigest }, now)
    if (verdict !== 'fits' && verdict !== 'used') return { status: verdict }
    // Only who has proved the number learns that it is taken; also he who sent this twice.
    if (state.get(phoneEntry, phone) !== undefined) return { status: 'phone_taken' }
    if (verdict === 'used') return { status: 'code_expired' }
    useCode(state, phone, now)
    // Only who has proved a number learns this, and each answer costs another code.
    if (input.realName === 'mismatch') return { status: 'real_name_mismatch' }
    state.put(phoneEntry, { id: phone, customerId })
    state.put(credential, { id: customerId, passwordHash })
    for (const code of accountsOf(kind)) openAccount(state, { code, owner: customerId }, now)
    return { status: 'signed_up', expiresAt: enter(state, input, now) }
  },
}

function enter(state: View, input: SignUp, now: Instant): Instant {
  const { customerId, deviceId, deviceName, network, sessionId, lifeMs } = input
  seeDevice(state, { customerId, deviceId, name: deviceName, by: 'sign_up' }, now)
  bindDeviceKey(state, input, now)
  putCustomer(state, input, now)
  const session = { customerId, deviceId, network, lifeMs, id: sessionId }
  const opened = openSession(state, { ...session, entry: 'sign_up', proof: 'password' }, now)
  recordEvent(state, { kind: 'sign_in', customerId, parties: partiesOf(input), amount: 0n }, now)
  return opened.expiresAt
}

function putCustomer(state: View, input: SignUp, now: Instant): void {
  const { customerId, kind, name, phone, idNumberHash, realName, deviceId } = input
  state.put(customer, {
    id: customerId,
    kind,
    name,
    phone,
    email: null,
    idNumberHash,
    realNameCheckedAt: realName === 'match' ? now : null,
    createdAt: now,
    status: 'active',
    frozenAt: null,
    frozenBy: null,
    frozenReason: null,
    passwordChangedAt: null,
    lastResetAt: null,
    sessionsEndedAt: null,
    forwarding: 'unknown',
    simSwap: 'unknown',
    // The code has just arrived.
    silence: 'no',
    smsObservedAt: null,
    smsSignalAt: null,
    failedSignIns: 0,
    failedSince: null,
    lastSignInAt: now,
    lastActiveAt: now,
    deviceCustomers: customersOn(state, deviceId),
  })
}

/**
 * Makes a customer of whoever proves a phone number, and signs him in.
 * Errors: password_weak, password_leaked, code_not_requested, code_expired, code_wrong,
 * phone_taken, real_name_mismatch.
 */
export function createSignUp(context: FlowContext) {
  return async (input: SignUpInput, origin: Origin): Promise<Result<SignedIn, Problem>> => {
    const { phone, name, password, idNumber, kind = 'person' } = input
    if (passwordWeak(password, { phone, name })) {
      return fail({ code: 'password_weak', param: 'password' })
    }
    if (context.leaked?.(password) === true) {
      return fail({ code: 'password_leaked', param: 'password' })
    }
    const { passwords, ids } = context
    const { token, plan } = planSession(context)
    const command: SignUp = {
      ...plan,
      customerId: ids.next('cus'),
      kind,
      phone,
      name,
      codeDigest: passwords.fingerprint('code', `${phone}:${input.code}`),
      realName: idNumber === null ? 'unchecked' : await checkName(context, { name, idNumber }),
      idNumberHash: idNumber === null ? null : passwords.fingerprint('id_number', idNumber),
      passwordHash: await passwords.hash(password),
      deviceId: origin.deviceId ?? ids.next('dev'),
      deviceName: origin.deviceName,
      publicKey: origin.publicKey ?? null,
      network: origin.network,
    }
    const request = { owner: 'sign-up', id: ids.next('req'), input: command }
    const answer = await submit(context, signUp, request)
    if (!answer.ok) return answer
    if (answer.value.status !== 'signed_up') return fail({ code: answer.value.status })
    const { customerId, deviceId } = command
    const { expiresAt } = answer.value
    return ok(signedIn(token, { customerId, deviceId, expiresAt }))
  }
}
