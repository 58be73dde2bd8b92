import type { RouteName } from '#contract'
import type { FlowProblem, Flows } from '#flows'
import type { Clock, Instant, Result } from '#kernel'
import type { Logger, Metrics } from '#observability'
import type { CarrierSimulator } from '#partners'
import type { Handlers } from './handler.ts'
import type { Replays } from './replays.ts'
import { withReadsNoted } from './note-reads.ts'
import { auditHandlers } from './routes/audit.ts'
import { claimHandlers } from './routes/claims.ts'
import { decisionHandlers } from './routes/decisions.ts'
import { feedHandlers } from './routes/feeds.ts'
import { fundHandlers } from './routes/fund.ts'
import { fundStandingHandlers } from './routes/fund-standing.ts'
import { guardHandlers } from './routes/guard.ts'
import { identityHandlers } from './routes/identity.ts'
import { operatorFundHandlers } from './routes/operator-fund.ts'
import { operatorHandlers } from './routes/operators.ts'
import { partnerHandlers } from './routes/partners.ts'
import { passkeyHandlers } from './routes/passkeys.ts'
import { paymentHandlers } from './routes/payments.ts'
import { platformHandlers } from './routes/platform.ts'
import { listHandlers } from './routes/lists.ts'
import { policyHandlers } from './routes/policies.ts'
import { reviewHandlers } from './routes/reviews.ts'
import { safetyHandlers } from './routes/safety.ts'
import { secondFactorHandlers } from './routes/second-factors.ts'
import { sessionHandlers } from './routes/sessions.ts'
import { simulationHandlers } from './routes/simulation.ts'
import { staffHandlers } from './routes/staff.ts'
import { walletHandlers } from './routes/wallet.ts'

/** What may be done to simulated phones and time. */
export interface Simulation {
  /** Header in which a simulated device names its network (`203.0.113`), lower case. */
  readonly networkHeader: string
  readonly phones: Pick<
    CarrierSimulator,
    'inbox' | 'lineOf' | 'forwardSms' | 'stopForwarding' | 'swapSim'
  >
  /** Errors: clock_backwards, calendar_horizon. */
  readonly moveClock: (wish: ClockWish) => Promise<Result<unknown, FlowProblem>>
}

/** Where the test clock shall stand, by an instant or a distance, and how fast it shall run. */
export interface ClockWish {
  readonly to?: Instant
  readonly advanceMs?: number
  readonly rate?: number
}

export interface HandlerOptions {
  readonly flows: Flows
  readonly log: Pick<Logger, 'warn'>
  readonly clock: Clock
  readonly metrics: Pick<Metrics, 'text'>
  readonly ready: () => Promise<boolean>
  readonly replays: Replays
  readonly simulation: Simulation | null
  readonly openApi: () => object
}

/** A handler for every route: what is missing here does not compile. */
export function createHandlers(options: HandlerOptions): Handlers<RouteName> {
  const handlers = {
    ...identityHandlers(options),
    ...walletHandlers(options),
    ...passkeyHandlers(options),
    ...paymentHandlers(options),
    ...fundHandlers(options),
    ...fundStandingHandlers(options),
    ...operatorFundHandlers(options),
    ...safetyHandlers(options),
    ...sessionHandlers(options),
    ...secondFactorHandlers(options),
    ...operatorHandlers(options),
    ...staffHandlers(options),
    ...reviewHandlers(options),
    ...claimHandlers(options),
    ...decisionHandlers(options),
    ...policyHandlers(options),
    ...listHandlers(options),
    ...partnerHandlers(options),
    ...guardHandlers(options),
    ...feedHandlers(options),
    ...simulationHandlers(options),
    ...auditHandlers(options),
    ...platformHandlers(options),
  }
  return withReadsNoted(handlers, options.flows)
}
