/** Asks a guard over HTTP. Rejects with GuardRefusal when the request itself is wrong. */
export {
  createGuardClient, GuardRefusal,
  type Decided, type GuardClient, type GuardClientOptions, type GuardDecision, type GuardEvent,
  type GuardOutcome, type GuardQuestion,
} from './create-guard-client.ts'
