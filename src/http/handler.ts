import type {
  AnswerOf,
  CheckedBodyOf,
  CheckedParamsOf,
  CheckedQueryOf,
  Route,
  RouteName,
  Routes,
} from '#contract'
import type { Actor, DeviceSignals, FlowProblem, OperatorAuthenticated } from '#flows'
import type { Instant, Result } from '#kernel'

/** A signed-in customer, the token of his session, and when it ends. */
export interface CustomerCaller {
  readonly actor: Actor
  readonly token: string
  readonly sessionExpiresAt: Instant
}

/** A signed-in member of the operator's staff. */
export interface OperatorCaller {
  readonly operator: OperatorAuthenticated
  readonly token: string
}

/** What every handler is given, whoever asks. */
export interface Visit {
  /** The /24 (or /48) of the caller's address. */
  readonly network: string
  readonly signals: DeviceSignals
  /** Session tokens that came as a cookie or bearer token. */
  readonly tokens: { readonly customer: string | undefined; readonly operator: string | undefined }
  /** Session cookies of the answer; null takes the cookie away. */
  setSession(kind: 'customer' | 'operator', token: string | null): void
}

type CallerOf<R extends Route> = R['auth'] extends 'customer'
  ? CustomerCaller
  : R['auth'] extends 'operator'
    ? OperatorCaller
    : object

/** One request as a handler sees it: checked by the contract, its sender known. */
export type Call<R extends Route> = Visit &
  CallerOf<R> & {
    readonly body: CheckedBodyOf<R>
    readonly query: CheckedQueryOf<R>
    readonly params: CheckedParamsOf<R>
    /** The Idempotency-Key where the route asks for one, else ''. */
    readonly key: string
  }

export type Handler<R extends Route> = (call: Call<R>) => Promise<Result<AnswerOf<R>, FlowProblem>>

/** The handlers of some routes, by operation id. */
export type Handlers<Names extends RouteName> = {
  readonly [Name in Names]: Handler<Routes[Name]>
}
