import { fail, ok, type Result } from '#kernel'
import { noticesOf, type NoticeView } from '#notifications'
import type { Actor, FlowContext, Problem } from './context.ts'

/** So many notices back a cursor is looked for. */
const reach = 1_000

/** What we told the customer in the app, newest first. Errors: cursor_unknown. */
export function createReadNotices(context: Pick<FlowContext, 'sql'>) {
  return async (
    { customerId }: Pick<Actor, 'customerId'>,
    page: { limit: number; after?: string },
  ): Promise<Result<NoticeView[], Problem>> => {
    const { limit, after } = page
    if (after === undefined) return ok(await noticesOf(context.sql, customerId, { limit }))
    const all = await noticesOf(context.sql, customerId, { limit: reach })
    const last = all.findIndex(({ id }) => id === after)
    if (last === -1) return fail({ code: 'cursor_unknown', param: 'starting_after' })
    return ok(all.slice(last + 1, last + 1 + limit))
  }
}
