import type { Command } from '#commit'
import { fail, ok, type Result } from '#kernel'
import type { FlowContext, Problem } from './context.ts'

/**
 * Has a command applied once under `owner/id`.
 * Errors: id_reused (same id, other content), unavailable (database lost or overloaded).
 */
export async function submit<In, Out>(
  context: Pick<FlowContext, 'lane'>,
  command: Command<In, Out>,
  request: { owner: string; id: string; content?: unknown; input: In },
): Promise<Result<Out, Problem>> {
  const content = request.content === undefined ? request.input : request.content
  const submitted = await context.lane.submit(command, { ...request, content })
  switch (submitted.status) {
    case 'done':
      return ok(submitted.output)
    case 'id_reused':
      return fail({ code: 'id_reused' })
    case 'unavailable':
      return fail({ code: 'unavailable' })
  }
}
