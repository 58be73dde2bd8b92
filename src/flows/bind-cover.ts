import type { Command } from '#commit'
import { bindCover, type Cover, coverKey } from '#guarantee'
import { fail, ok, type Result } from '#kernel'
import { type CoverTerms, isPassing } from '#partners'
import type { FlowContext, Problem } from './context.ts'
import { submit } from './submit.ts'

export type BindCoverInput = CoverTerms & {
  /** Names the contract: the same reference binds the same cover. */
  readonly reference: string
  readonly insurer: string
}

export type BindCover = (input: BindCoverInput) => Promise<Result<Cover, Problem>>

/**
 * Agrees a cover with the insurer and writes it down. Repeatable with the same reference.
 * Errors: partner_not_configured, partner_unavailable, partner_refused, id_reused.
 */
export function createBindCover(context: FlowContext): BindCover {
  return async ({ insurer: name, ...terms }) => {
    const { insurer } = context.partners
    if (insurer === undefined) return fail({ code: 'partner_not_configured', param: 'insurer' })
    const bound = await insurer.bindCover(terms)
    if (!bound.ok) {
      const code = isPassing(bound.error) ? 'partner_unavailable' : 'partner_refused'
      return fail({ code, detail: bound.error })
    }
    const { coverId: id, ...agreed } = bound.value
    const { startsOn, endsOn, perEventLimit, aggregateLimit } = agreed
    const { deductible, premiumPerMillion } = agreed
    const limits = { perEventLimit, aggregateLimit, deductible, premiumPerMillion }
    const written = await submit(context, bind, {
      owner: 'system',
      id: `cover:${id}`,
      input: { id, insurer: name, startsOn, endsOn, ...limits },
    })
    return written.ok ? ok(written.value) : written
  }
}

const bind: Command<Omit<Cover, 'boundAt'>, Cover> = {
  name: 'guarantee.bind_cover',
  reads: ({ id }) => [coverKey(id)],
  apply: bindCover,
}
