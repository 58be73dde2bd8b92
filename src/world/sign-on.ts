import type { CodePurpose } from '#identity'
import { day, sha256Hex } from '#kernel'
import { type Life, newLife, type Session } from './life.ts'
import type { Party } from './party.ts'
import { count, type Tally, type WorldParts } from './parts.ts'

const quiet = { remoteControl: false, callInProgress: false, emulator: false }

export interface SignOn {
  /** A new customer with his bank account linked; null: refused. */
  join(party: Party): Promise<Life | null>
  /** Signs in on the phone in use, answering a code if asked. False: not let in. */
  signIn(life: Life): Promise<boolean>
  /** The latest code that reached an inbox; undefined: none. */
  codeIn(inbox: string): Promise<string | undefined>
}

/** How people become customers and come back: codes are read from the simulated phones. */
export function createSignOn(parts: WorldParts, tally: Tally): SignOn {
  const { flows, context, simulators } = parts
  const { carrier, bank } = simulators

  async function codeIn(inbox: string): Promise<string | undefined> {
    const [message] = await carrier.inbox(inbox, 1)
    return /\b(\d{6})\b/.exec(message?.text ?? '')?.[1]
  }

  async function codeFor(phone: string, purpose: CodePurpose): Promise<string | undefined> {
    const sent = await flows.requestCode({ phone, purpose })
    if (!sent.ok) count(tally, sent.error.code)
    return sent.ok ? codeIn(phone) : undefined
  }

  async function join(party: Party): Promise<Life | null> {
    const { phone, name, idNumber, password, kind, deviceId, deviceName, network } = party
    const code = await codeFor(phone, 'sign_up')
    if (code === undefined) return null
    const wish = { phone, code, name, idNumber, password, kind }
    const joined = await flows.signUp(wish, { deviceId, deviceName, network, signals: quiet })
    if (!joined.ok) {
      count(tally, joined.error.code)
      return null
    }
    const { customerId, sessionId } = joined.value
    const life = newLife(party, customerId)
    life.session = { sessionId, deviceId }
    await reportSeen(life)
    await linkBank(life)
    return life
  }

  /** The app on the phone tells which of our texts it has seen. */
  async function reportSeen({ party, customerId, deviceId, network, session }: Life) {
    if (session === null) return
    const by = {
      ...session,
      customerId,
      sessionDeviceId: session.deviceId,
      network,
      signals: quiet,
    }
    const messages = await carrier.inbox(party.phone)
    await flows.reportSeenMessages(
      { ...by, deviceId },
      {
        requestId: `seen_${context.now()}`,
        hashes: messages.map(({ text }) => sha256Hex(text)),
        completeMs: day,
        receivingMs: day,
        holdsSim: true,
      },
    )
  }

  async function linkBank(life: Life): Promise<void> {
    const { party, customerId, deviceId, network, session } = life
    if (session === null) return
    const { accountNumber, balance, name: bankName } = party.bank
    await bank.openAccount({ number: accountNumber, holder: party.name, balance })
    const by = { ...session, customerId, sessionDeviceId: deviceId, network, signals: quiet }
    const wish = { requestId: context.ids.next('req'), bankName, accountNumber }
    const linked = await flows.linkBankAccount(by, wish)
    if (linked.ok) life.bankAccountId = linked.value.account?.id ?? null
    else count(tally, linked.error.code)
  }

  async function enter(life: Life): Promise<boolean> {
    const { phone, password } = life.party
    const { deviceId, deviceName, network } = life
    const origin = { deviceId, deviceName, network, signals: quiet }
    let answer = await flows.signIn({ phone, password }, origin)
    if (answer.ok && answer.value.status === 'challenged') {
      const { challenge } = answer.value
      const code = challenge.kind === 'sms_code' ? await codeIn(phone) : undefined
      if (challenge.kind === 'trusted_device' && !(await vouch(life, challenge.id))) return false
      const proof = { challengeId: challenge.id, ...(code !== undefined && { code }) }
      answer = await flows.signIn({ phone, password, ...proof }, origin)
    }
    if (!answer.ok) {
      count(tally, answer.error.code)
      return false
    }
    if (answer.value.status !== 'signed_in') return false
    life.session = sessionOf(answer.value.session)
    await reportSeen(life)
    return true
  }

  /** Says on the old phone that the new one is his. */
  async function vouch(life: Life, challengeId: string): Promise<boolean> {
    const { older, customerId, network } = life
    if (older === null) return false
    const by = { ...older, customerId, sessionDeviceId: older.deviceId, network, signals: quiet }
    const requestId = context.ids.next('req')
    return (await flows.approveSignIn(by, { requestId, challengeId })).ok
  }

  return {
    join,
    codeIn,
    async signIn(life) {
      // Whoever needs it at the same time waits for the same sign-in.
      life.signingIn ??= enter(life).finally(() => {
        life.signingIn = null
      })
      return life.signingIn
    },
  }
}

function sessionOf({ sessionId, deviceId }: Session): Session {
  return { sessionId, deviceId }
}
