import { localInstant, minute, type Random, required } from '#kernel'
import { formatAmount, type Fen } from '#money'
import { createApiClient, expectOk, type ApiClient } from './api-client.ts'

/** Everybody in the 2013 theft, and the clock they live by. */
export interface Stage {
  readonly baseUrl: string
  readonly random: Random
  readonly nextKey: () => string
  readonly operators: { readonly first: ApiClient; readonly second: ApiClient }
  /** Moves simulated time to a wall-clock moment and lets everything due happen on the way. */
  moveTo(instant: number): Promise<void>
  say(line: string): void
}

/** A person with a phone and one device of his own. */
export interface Person {
  readonly name: string
  readonly phone: string
  readonly idNumber: string
  password: string
  readonly client: ApiClient
  customerId: string
  bankAccountId: string
}

let people = 0

/** Phone and ID number of the n-th person of a run: plausible, and nobody's. */
function identityOf(n: number): { phone: string; idNumber: string } {
  const serial = String(n).padStart(3, '0')
  const digits = `11010119800101${serial}`
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, i) => total + weight * Number(digits[i]), 0)
  return {
    phone: `+86139${String(10_000_000 + n * 7_919)}`,
    idNumber: digits + '10X98765432'[sum % 11],
  }
}

/** Signs somebody up on his own phone. */
export async function signUp(stage: Stage, name: string): Promise<Person> {
  people += 1
  const { phone, idNumber } = identityOf(people)
  const network = `10.${people % 200}.${stage.random.between(1, 250)}`
  const client = newClient(stage, network)
  const person: Person = {
    name,
    phone,
    idNumber,
    password: `a long word of ${name} ${people}`,
    client,
    customerId: '',
    bankAccountId: '',
  }
  const code = await requestCode(stage, person, { purpose: 'sign_up' })
  const { password } = person
  const device = { name: `${name}'s phone` }
  const body = { phone, code, name, id_number: idNumber, password, device }
  const { me } = expectOk(await client.post('/v1/sign-up', body), `sign-up of ${name}`)
  person.customerId = me.customer.id
  return person
}

export function newClient(stage: Stage, network: string): ApiClient {
  const { baseUrl, nextKey } = stage
  return createApiClient({ baseUrl, network, nextKey })
}

/** Asks for a one-time code and reads it where the carrier delivered it. */
export async function requestCode(
  stage: Stage,
  { phone }: Pick<Person, 'phone'>,
  { purpose, inbox = phone }: { purpose: 'sign_up' | 'reset'; inbox?: string },
): Promise<string> {
  const anybody = newClient(stage, '10.250.0')
  expectOk(await anybody.post('/v1/codes', { phone, purpose }), `code for ${purpose}`)
  return newestCode(stage, inbox)
}

export async function newestCode(stage: Stage, inbox: string): Promise<string> {
  const path = `/v1/simulator/phones/${encodeURIComponent(inbox)}/messages`
  const { messages } = expectOk(await newClient(stage, '10.250.0').get(path), 'inbox')
  const text = String(messages[0]?.text ?? '')
  return required(/\b(\d{6})\b/.exec(text)?.[1], `code in "${text}"`)
}

/** Signs a person in again on his own device; answers a code by SMS when asked for one. */
export async function signInAgain(stage: Stage, person: Person): Promise<void> {
  const { phone, password, client, name } = person
  const device = {
    name: `${name}'s phone`,
    ...(client.deviceId === undefined ? {} : { id: client.deviceId }),
  }
  const body = { phone, password, device }
  const answer = expectOk(await client.post('/v1/sign-in', body), `sign-in of ${name}`)
  if (answer.status !== 'challenged') return
  const code = await newestCode(stage, phone)
  const proof = { ...body, challenge_id: answer.challenge.id, code }
  expectOk(await client.post('/v1/sign-in', proof), `sign-in of ${name} with a code`)
}

/** Links a bank account; for people who bring money in. */
export async function linkBank(person: Person): Promise<void> {
  const account_number = `6222${person.phone.slice(-8)}0000`
  const linked = await person.client.post('/v1/bank-accounts', { account_number })
  person.bankAccountId = expectOk(linked, `bank account of ${person.name}`).account.id
}

export async function topUp(person: Person, amount: Fen): Promise<void> {
  const body = { bank_account_id: person.bankAccountId, amount: formatAmount(amount) }
  expectOk(await person.client.post('/v1/top-ups', body), `top-up of ${person.name}`)
}

export async function subscribe(person: Person, amount: Fen): Promise<void> {
  const body = { amount: formatAmount(amount) }
  expectOk(await person.client.post('/v1/fund/subscriptions', body), 'subscription')
}

export interface Paid {
  readonly id: string
  readonly state: string
  readonly outcome: string
  readonly reasons: readonly string[]
  readonly answeredChallenge: boolean
}

/** Pays; a challenge is approved at once by `answers`, on the person's own device. */
export async function pay(
  client: ApiClient,
  wish: { to: Person; amount: Fen; answers: Person | null; source?: 'wallet' | 'fund' },
): Promise<Paid> {
  const { to, amount, answers, source = 'wallet' } = wish
  const body = { payee: { phone: to.phone }, amount: formatAmount(amount), source }
  const made = expectOk(await client.post('/v1/payments', body), 'payment')
  const reasons = made.reasons.map((reason: { code: string }) => reason.code)
  const paid = { id: made.id, outcome: made.outcome, reasons }
  if (made.state !== 'challenged' || answers === null) {
    return { ...paid, state: made.state, answeredChallenge: false }
  }
  const { password } = answers
  const approved = await client.post(`/v1/payments/${made.id}/approve`, { password })
  const { state } = expectOk(approved, 'approval of a challenge')
  return { ...paid, state, answeredChallenge: true }
}

/** Sessions last half a day: everybody who acts on another day signs in first. */
export async function wakeUp(stage: Stage, ...persons: readonly Person[]): Promise<void> {
  for (const person of persons) await signInAgain(stage, person)
}

export function at(date: string, time: string, jitterMinutes = 0): number {
  return localInstant(date, time) + jitterMinutes * minute
}
