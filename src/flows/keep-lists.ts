import { fail, ok, type Instant, type Result } from '#kernel'
import {
  addListEntry,
  endSnooze,
  listEntries,
  phoneHash,
  removeListEntry,
  snoozeRule,
  snoozes,
  type AddListEntry,
  type ListEntry,
  type ListName,
  type Snooze,
} from '#risk'
import { submitAudited } from './audited.ts'
import type { FlowContext, OperatorActor, Problem } from './context.ts'
import { mayAct } from './operator-roles.ts'

type Context = Pick<FlowContext, 'lane' | 'sql' | 'now' | 'ids'>

export interface ListWish extends Omit<AddListEntry, 'id' | 'by'> {
  readonly requestId: string
}

export interface SnoozeWish {
  readonly requestId: string
  readonly rule: string
  readonly account: string
  readonly until: Instant
  readonly reason: string
}

/** Lists and snoozes: who may, what is noted of it, and reading them. */
export function createListFlows(context: Context) {
  return {
    readLists: createReadLists(context),
    readSnoozes: createReadSnoozes(context),
    addToList: createAddToList(context),
    removeFromList: createRemoveFromList(context),
    snoozeRule: createSnoozeRule(context),
    endSnooze: createEndSnooze(context),
  }
}

/** Entries in force; with `history` all there ever were. A phone number is asked for as such. */
function createReadLists({ sql, now }: Context) {
  return (asked: {
    readonly list?: ListName
    readonly value?: string
    readonly history: boolean
  }): Promise<ListEntry[]> => {
    const { value, history, ...filter } = asked
    return listEntries(sql, {
      ...filter,
      ...(value !== undefined && { value: value.startsWith('+') ? phoneHash(value) : value }),
      ...(!history && { inForceAt: now() }),
    })
  }
}

function createReadSnoozes({ sql, now }: Context) {
  return (asked: { readonly account?: string; readonly history: boolean }): Promise<Snooze[]> => {
    const { history, ...filter } = asked
    return snoozes(sql, { ...filter, ...(!history && { inForceAt: now() }) })
  }
}

/**
 * Errors: role_forbidden (allowing and blocking for good need `addDecisiveEntry`), phone_malformed,
 * request_malformed (final, but no block), moment_passed, already_in_force, too_many_measures.
 */
function createAddToList(context: Context) {
  return async (
    operator: OperatorActor,
    { requestId, ...wish }: ListWish,
  ): Promise<Result<{ id: string }, Problem>> => {
    const { list, kind, final, reason } = wish
    const action = list === 'allow' || final ? 'addDecisiveEntry' : 'addListEntry'
    const allowed = mayAct(operator, action)
    if (!allowed.ok) return allowed
    if (final && list !== 'block') return fail({ code: 'request_malformed', param: 'final' })
    const isPhone = /^\+[1-9][0-9]{4,14}$/.test(wish.value)
    if (kind === 'phone' && !isPhone) return fail({ code: 'phone_malformed', param: 'value' })
    const value = kind === 'phone' ? phoneHash(wish.value) : wish.value
    const by = operator.operatorId
    const content = { ...wish, value }
    const done = await submitAudited(context, operator, {
      command: addListEntry,
      action,
      subject: `${list} ${kind} ${value}`,
      reason,
      id: requestId,
      content,
      input: { ...content, id: context.ids.next('lst'), by },
      outcomeOf: ({ status }) => (status === 'added' ? 'done' : status),
    })
    if (!done.ok) return done
    if (done.value.status === 'added') return ok({ id: done.value.id })
    return fail({ code: done.value.status })
  }
}

/** Errors: role_forbidden, measure_not_found, measure_over. */
function createRemoveFromList(context: Context) {
  return async (
    operator: OperatorActor,
    { requestId, id, reason }: { requestId: string; id: string; reason: string },
  ): Promise<Result<null, Problem>> => {
    const allowed = mayAct(operator, 'removeListEntry')
    if (!allowed.ok) return allowed
    const done = await submitAudited(context, operator, {
      command: removeListEntry,
      action: 'removeListEntry',
      subject: id,
      reason,
      id: requestId,
      input: { id, reason, by: operator.operatorId },
      outcomeOf: ({ status }) => (status === 'removed' ? 'done' : status),
    })
    if (!done.ok) return done
    return done.value.status === 'removed' ? ok(null) : fail({ code: done.value.status })
  }
}

/**
 * Errors: role_forbidden, rule_not_found, rule_not_snoozable, moment_passed, already_in_force,
 * too_many_measures.
 */
function createSnoozeRule(context: Context) {
  return async (
    operator: OperatorActor,
    { requestId, ...wish }: SnoozeWish,
  ): Promise<Result<{ id: string }, Problem>> => {
    const allowed = mayAct(operator, 'snoozeRule')
    if (!allowed.ok) return allowed
    const done = await submitAudited(context, operator, {
      command: snoozeRule,
      action: 'snoozeRule',
      subject: wish.account,
      reason: `${wish.rule}: ${wish.reason}`,
      id: requestId,
      content: wish,
      input: { ...wish, id: context.ids.next('snz'), by: operator.operatorId },
      outcomeOf: ({ status }) => (status === 'snoozed' ? 'done' : status),
    })
    if (!done.ok) return done
    if (done.value.status === 'snoozed') return ok({ id: done.value.id })
    return fail({ code: done.value.status })
  }
}

/** Errors: role_forbidden, measure_not_found, measure_over. */
function createEndSnooze(context: Context) {
  return async (
    operator: OperatorActor,
    { requestId, id }: { requestId: string; id: string },
  ): Promise<Result<null, Problem>> => {
    const allowed = mayAct(operator, 'endSnooze')
    if (!allowed.ok) return allowed
    const done = await submitAudited(context, operator, {
      command: endSnooze,
      action: 'endSnooze',
      subject: id,
      id: requestId,
      input: { id, by: operator.operatorId },
      outcomeOf: ({ status }) => (status === 'ended' ? 'done' : status),
    })
    if (!done.ok) return done
    return done.value.status === 'ended' ? ok(null) : fail({ code: done.value.status })
  }
}
