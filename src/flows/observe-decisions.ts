import { stopwatch } from '#kernel'
import type { Metrics } from '#observability'
import type { Flows } from './create-flows.ts'

type Decided = { readonly ok: boolean; readonly value?: unknown }

/**
 * The same flows, telling `metrics` of each decision and how long it took from the question to the
 * commit. What was refused before the guard was asked is not a decision.
 */
export function observeDecisions(flows: Flows, metrics: Pick<Metrics, 'decided'>): Flows {
  function timed<Args extends unknown[], Answer extends Decided>(
    step: string,
    flow: (...args: Args) => Promise<Answer>,
    outcomeOf: (value: never) => string | undefined,
  ): (...args: Args) => Promise<Answer> {
    return async (...args) => {
      const elapsed = stopwatch()
      const answer = await flow(...args)
      const outcome = answer.ok ? outcomeOf(answer.value as never) : undefined
      if (outcome !== undefined) metrics.decided({ step, outcome, durationMs: elapsed() })
      return answer
    }
  }
  type Guarded = { decision: { outcome: string } | null }
  const own = ({ decision }: Guarded) => decision?.outcome
  return {
    ...flows,
    pay: timed('payment', flows.pay, own),
    redeem: timed('redeem', flows.redeem, own),
    linkBankAccount: timed('link_bank_account', flows.linkBankAccount, own),
    signIn: timed('sign_in', flows.signIn, own),
    signInWithPasskey: timed('sign_in', flows.signInWithPasskey, own),
    withdraw: timed('withdrawal', flows.withdraw, ({ state }: { state: string }) =>
      state === 'denied' ? 'deny' : 'allow',
    ),
    resetPassword: timed(
      'reset',
      flows.resetPassword,
      ({ decisions }: { decisions: readonly { outcome: string }[] }) => decisions[0]?.outcome,
    ),
  }
}
