import type { Instant } from '#kernel'
import type { addedInVersion2, Facts } from './facts.ts'
import type { Step } from './outcome.ts'

/** Facts of the terminal, its network and its travels, ready as the guard keeps them. */
export type TerminalFacts = Pick<Facts, keyof typeof addedInVersion2>

/** A yes-or-no that a partner may be silent about. */
export type Signal = 'yes' | 'no' | 'unknown'

/** How the customer proved who he is for this step (or when his session began). */
export type Proof = 'none' | 'password' | 'sms' | 'trusted_device'

/** Whose profiles a step reads and changes: all that `reads` of a command must know. */
export interface GuardParties {
  /** Ledger id of the acting customer's wallet account, `2010:cus_…`. */
  readonly holder: string
  /** Ledger id of the payee's account, `2010:cus_…` or `2070:cus_…`; null when there is none. */
  readonly payeeHolder: string | null
  /** The device seen with this very request; null when it has no id. */
  readonly deviceId: string | null
  /** The network seen with this very request; null when unknown. */
  readonly network: string | null
}

/** What the flow knows from other modules' records at the moment of deciding. Instants in ms. */
export interface GuardInput {
  readonly decisionId: string
  readonly step: Step
  /** The payment or order decided about; '' when there is none. */
  readonly subject: string
  readonly parties: GuardParties
  readonly customer: {
    readonly id: string
    /** E.164, for lists of numbers; absent: not known. */
    readonly phone?: string
    readonly createdAt: Instant
    /** null: never changed since sign-up. */
    readonly passwordChangedAt: Instant | null
    readonly lastResetAt: Instant | null
    readonly failedSignIns24h: number
    /** Last sign-in or payment before this step; null: never. */
    readonly lastActiveAt: Instant | null
  }
  readonly device: {
    /** When this customer enrolled it; null: not one of his devices. */
    readonly addedAt: Instant | null
    readonly trusted: boolean
    readonly addedBy: 'sign_up' | 'sign_in' | 'reset' | null
  }
  /** null at steps before there is a session. */
  readonly session: {
    readonly startedAt: Instant
    /** The session is bound to another device than the one seen now. */
    readonly otherDevice: boolean
  } | null
  readonly proof: Proof
  readonly sms: {
    readonly forwarding: Signal
    readonly simSwap: Signal
    readonly silence: Signal
    /** When the carrier was last heard; null: never. */
    readonly observedAt: Instant | null
  }
  readonly deviceSignals: {
    readonly remoteControl: boolean
    readonly callInProgress: boolean
    readonly emulator: boolean
    /** The rest of what is known of the terminal and its network; absent: nothing is. */
    readonly terminal?: TerminalFacts
  }
  /** null at steps that move no money. Fen; units in hundredths. */
  readonly money: {
    readonly amount: bigint
    readonly source: 'wallet' | 'fund'
    readonly walletAvailable: bigint
    readonly fundUnits: bigint
  } | null
  readonly payee: {
    readonly id: string
    readonly kind: 'person' | 'merchant'
    readonly createdAt: Instant
    /** Most customers seen on any one device of the payee; 0 when not known. */
    readonly deviceCustomers: number
  } | null
  /** The linked bank account a withdrawal goes to; null at other steps. */
  readonly bankAccount: { readonly linkedAt: Instant } | null
}
