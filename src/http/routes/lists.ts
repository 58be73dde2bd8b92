import type { ListEntry, Snooze } from '#contract'
import type { ListWish } from '#flows'
import { ok } from '#kernel'
import type { Handlers } from '../handler.ts'
import type { HandlerOptions } from '../handlers.ts'
import { timeOf, timeOrNull } from '../presenters/scalars.ts'

type Names =
  | 'listLists'
  | 'addListEntry'
  | 'addDecisiveEntry'
  | 'removeListEntry'
  | 'listSnoozes'
  | 'snoozeRule'
  | 'endSnooze'

type Found = Awaited<ReturnType<HandlerOptions['flows']['readLists']>>[number]
type FoundSnooze = Awaited<ReturnType<HandlerOptions['flows']['readSnoozes']>>[number]

export function listHandlers({ flows }: HandlerOptions): Handlers<Names> {
  return {
    async listLists({ query: { list, value, history } }) {
      const asked = { ...(list !== undefined && { list }), ...(value !== undefined && { value }) }
      const found = await flows.readLists({ ...asked, history: history === 'true' })
      return ok({ data: found.map(entryOf) })
    },
    async addListEntry({ operator, key, body }) {
      return flows.addToList(operator, wishOf(key, { ...body, final: false }))
    },
    async addDecisiveEntry({ operator, key, body }) {
      return flows.addToList(operator, wishOf(key, { ...body, final: body.list === 'block' }))
    },
    async removeListEntry({ operator, key: requestId, params: { id }, body: { reason } }) {
      const removed = await flows.removeFromList(operator, { requestId, id, reason })
      return removed.ok ? ok({ done: true }) : removed
    },
    async listSnoozes({ query: { account, history } }) {
      const asked = { ...(account !== undefined && { account }), history: history === 'true' }
      const found = await flows.readSnoozes(asked)
      return ok({ data: found.map(snoozeOf) })
    },
    async snoozeRule({ operator, key: requestId, body: { until, ...body } }) {
      return flows.snoozeRule(operator, { ...body, requestId, until: Date.parse(until) })
    },
    async endSnooze({ operator, key: requestId, params: { id } }) {
      const ended = await flows.endSnooze(operator, { requestId, id })
      return ended.ok ? ok({ done: true }) : ended
    },
  }
}

function wishOf(
  requestId: string,
  { until, ...body }: Omit<ListWish, 'requestId' | 'until'> & { until?: string | undefined },
): ListWish {
  return { ...body, requestId, until: until === undefined ? null : Date.parse(until) }
}

function entryOf(entry: Found): ListEntry {
  const { id, list, kind, value, reason, final, addedBy, removedBy, removedWhy } = entry
  return {
    id,
    list,
    kind,
    value,
    overridable: !final,
    reason,
    added_by: addedBy,
    added_at: timeOf(entry.addedAt),
    until: timeOrNull(entry.until),
    removed_by: removedBy,
    removed_at: timeOrNull(entry.removedAt),
    removed_why: removedWhy,
  }
}

function snoozeOf({ id, rule, account, reason, ...rest }: FoundSnooze): Snooze {
  return {
    id,
    rule,
    account,
    reason,
    added_by: rest.addedBy,
    added_at: timeOf(rest.addedAt),
    until: timeOf(rest.until),
    ended_by: rest.endedBy,
    ended_at: timeOrNull(rest.endedAt),
  }
}
