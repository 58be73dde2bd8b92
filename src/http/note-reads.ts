import { personalReads, type OperatorAction, type Route, type RouteName } from '#contract'
import type { Flows } from '#flows'
import type { Handler, Handlers, OperatorCaller } from './handler.ts'

/**
 * The same handlers; what shows an operator personal data is noted in the audit log first, and not
 * shown where that fails.
 */
export function withReadsNoted(
  handlers: Handlers<RouteName>,
  flows: Pick<Flows, 'noteOperatorRead'>,
): Handlers<RouteName> {
  const noted = personalReads.map((action) => [action, noting(action)])
  return { ...handlers, ...Object.fromEntries(noted) }

  function noting(action: OperatorAction): Handler<Route> {
    const show = handlers[action] as unknown as Handler<Route>
    return async (call) => {
      const { operator } = call as unknown as OperatorCaller
      const kept = await flows.noteOperatorRead(operator, { action, subject: subjectOf(call) })
      return kept.ok ? show(call) : kept
    }
  }
}

/** The id asked for, the customer a list is narrowed to, or `*`. */
function subjectOf(call: { readonly params: unknown; readonly query: unknown }): string {
  const { id } = (call.params ?? {}) as { id?: string }
  const { customer_id: customer } = (call.query ?? {}) as { customer_id?: string }
  return id ?? customer ?? '*'
}
