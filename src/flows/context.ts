import type { Lane } from '#commit'
import type { Intelligence } from './assess-terminal.ts'
import type { Ids, Instant, Random } from '#kernel'
import type { ErrorCode } from '#contract'
import type { Sql } from '#database'
import type { PasswordHasher, Site } from '#identity'
import type { TerminalFacts } from '#risk'
import type { Bank, Carrier, FundManager, IdentityRegister, Insurer } from '#partners'

/** What every flow is given: where to decide, where to read, whom to ask. */
export interface FlowContext {
  readonly lane: Lane
  /** Plain reads as the app role; every statement lives in a module's query function. */
  readonly sql: Sql
  /** Opens one connection as the app role for bulk work on the lane; its caller ends it. */
  bulkConnection(): Sql
  /** Aborted when the server closes: who waits for another server, or may go on later, ends. */
  readonly stopping?: AbortSignal
  /** Business time: the test clock's where there is one. */
  now(): Instant
  /** The machine's own time; only the test clock's anchor needs it. */
  realNow(): Instant
  readonly ids: Ids
  readonly random: Random
  /** One that is not configured is absent; flows that need it answer partner_not_configured. */
  readonly partners: {
    readonly carrier?: Carrier
    readonly bank?: Bank
    readonly fundManager?: FundManager
    readonly insurer?: Insurer
    readonly identity?: IdentityRegister
  }
  readonly passwords: PasswordHasher
  /** Where browsers find us; absent: this machine alone, as `localhost`. */
  readonly site?: Site
  /** True for a password known from leaks; absent: there is no list here. */
  readonly leaked?: (password: string) => boolean
  readonly log: FlowLog
  /** Lists and feeds from outside; absent: there are none, and what they would say is unknown. */
  readonly intelligence?: Intelligence
  /** True where simulated time may be moved: never in production. */
  readonly testClock: boolean
}

/** Structured log lines; never a secret, a code, a full phone or ID number. */
export interface FlowLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

/** An expected refusal: a documented code, and which input it is about. */
export interface Problem {
  readonly code: ErrorCode
  readonly param?: string
  readonly detail?: string
}

/** What the device said about itself with this request. */
export interface DeviceSignals {
  readonly remoteControl: boolean
  readonly callInProgress: boolean
  readonly emulator: boolean
  /** What feeds and lists say of it (`createAssessTerminal`); absent: nobody asked them. */
  readonly terminal?: TerminalFacts
}

/** A signed-in customer and where he acts from. */
export interface Actor {
  readonly customerId: string
  readonly sessionId: string
  /** The device the session is bound to. */
  readonly sessionDeviceId: string
  /** The device seen with this very request. */
  readonly deviceId: string
  /** The network seen with this request: the /24 (or /48) of the address. */
  readonly network: string
  /** The network the session began on; absent: this one. */
  readonly sessionNetwork?: string
  readonly signals: DeviceSignals
}

/** A signed-in member of the operator's staff. */
export interface OperatorActor {
  readonly operatorId: string
  readonly roles: readonly string[]
}
