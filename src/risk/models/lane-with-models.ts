import type { Command, Lane, Request, Submitted } from '#commit'
import type { Sql } from '#database'
import { invariant } from '#kernel'
import { loadModel } from './model-queries.ts'
import { ModelNotLoaded } from './ready-model.ts'

/**
 * A lane that loads the model a command misses and submits the command again: the first decision
 * in each process after a publication elsewhere. Nothing of the first try was written.
 */
export function laneWithModels(lane: Lane, sql: Sql): Lane {
  async function loadFor(error: unknown): Promise<void> {
    if (!(error instanceof ModelNotLoaded)) throw error
    const model = await loadModel(sql, error.version)
    invariant(model !== undefined, `the text of model ${error.version} is not kept`)
  }
  function submit<In, Out>(
    command: Command<In, Out>,
    request: Request<In>,
  ): Promise<Submitted<Out>> {
    return lane.submit(command, request).catch(async (error: unknown) => {
      await loadFor(error)
      return submit(command, request)
    })
  }
  return { ...lane, submit }
}
