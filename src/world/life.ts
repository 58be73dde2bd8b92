import type { Actor } from '#flows'
import type { Party } from './party.ts'

/** A party as it lives now: who it is to the product, and what it has at hand. */
export interface Life {
  readonly party: Party
  readonly customerId: string
  /** The phone in use. */
  deviceId: string
  deviceName: string
  /** Where he is. */
  network: string
  /** Signed in on `deviceId`; null: signs in when he next needs it. */
  session: Session | null
  /** An earlier phone that is still trusted, and signed in. */
  older: Session | null
  bankAccountId: string | null
  /** Taking part in something unusual: nothing else shall happen to him meanwhile. */
  busy: boolean
  signingIn: Promise<boolean> | null
}

export interface Session {
  readonly sessionId: string
  readonly deviceId: string
}

/** Where a request comes from when it is not the phone at home. */
export interface Seen {
  readonly deviceId?: string
  readonly network?: string
  readonly remoteControl?: boolean
  readonly callInProgress?: boolean
}

export function newLife(party: Party, customerId: string): Life {
  const { deviceId, deviceName, network } = party
  return {
    party,
    customerId,
    deviceId,
    deviceName,
    network,
    session: null,
    older: null,
    bankAccountId: null,
    busy: false,
    signingIn: null,
  }
}

export function actorOf(life: Life, session: Session, seen: Seen = {}): Actor {
  const { deviceId = session.deviceId, network = life.network } = seen
  return {
    customerId: life.customerId,
    sessionId: session.sessionId,
    sessionDeviceId: session.deviceId,
    deviceId,
    network,
    signals: {
      remoteControl: seen.remoteControl ?? false,
      callInProgress: seen.callInProgress ?? false,
      emulator: false,
    },
  }
}
