import type { Command } from '#commit'
import type { OperatorAction } from '#contract'
import { appendAudit, auditHeadKey, type AuditNote } from '#identity'
import type { Result } from '#kernel'
import type { FlowContext, OperatorActor, Problem } from './context.ts'
import { submit } from './submit.ts'

/** A change by an operator: which, about whom, why, and how its end reads in the audit log. */
export interface AuditedRequest<In, Out> {
  readonly action: OperatorAction
  readonly subject: string
  readonly reason?: string
  /** The idempotency key. */
  readonly id: string
  readonly content?: unknown
  readonly input: In
  /** `done`, or the code of the refusal; left out, whatever it answers is done. */
  readonly outcomeOf?: (answer: Out) => string
}

/**
 * Has an operator's command applied, and noted in the audit log by the very same command: there is
 * no change without its row, and no row without its change. Errors: as `submit`.
 */
export async function submitAudited<In, Out>(
  context: Pick<FlowContext, 'lane'>,
  operator: OperatorActor,
  { command, ...request }: AuditedRequest<In, Out> & { readonly command: Command<In, Out> },
): Promise<Result<Out, Problem>> {
  const { action, subject, reason = null, id, input, content = input } = request
  const { operatorId, roles } = operator
  const note: AuditNote = { operatorId, roles, action, subject, reason }
  const { outcomeOf = () => 'done' } = request
  const noted: Command<In, Out> = {
    name: command.name,
    reads: (wish) => [...command.reads(wish), auditHeadKey()],
    apply(state, wish, now) {
      const answer = command.apply(state, wish, now)
      appendAudit(state, { ...note, outcome: outcomeOf(answer) }, now)
      return answer
    },
  }
  return submit(context, noted, { owner: operatorId, id, content, input })
}
