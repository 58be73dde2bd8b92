import { z } from 'zod'
import {
  decisiveEntryRequest,
  listEntry,
  listEntryRequest,
  listsQuery,
  removeRequest,
  snooze,
  snoozeRequest,
  snoozesQuery,
} from './lists.ts'
import { operatorActions } from './operator-actions.ts'
import type { Route } from './route.ts'
import { anyId, done, idParams } from './scalars.ts'

const tag = 'Lists'
const read = { auth: 'operator', idempotent: false, method: 'GET', status: 200, tag } as const
const act = { auth: 'operator', idempotent: true, method: 'POST', status: 200, tag } as const
const added = z.object({ id: anyId })
const refusals = [
  'moment_passed',
  'already_in_force',
  'too_many_measures',
  'phone_malformed',
  'role_forbidden',
] as const

/** Lists, and rules that sleep for one account. */
export const listRoutes = {
  listLists: {
    ...read,
    roles: operatorActions.listLists,
    path: '/v1/operator/lists',
    summary: 'Entries of the allow, watch and block lists',
    query: listsQuery,
    answer: z.object({ data: z.array(listEntry) }),
    errors: [],
  },
  addListEntry: {
    ...act,
    roles: operatorActions.addListEntry,
    path: '/v1/operator/lists',
    summary: 'Watch or block, overridable by the allow list',
    body: listEntryRequest,
    answer: added,
    errors: refusals,
  },
  addDecisiveEntry: {
    ...act,
    roles: operatorActions.addDecisiveEntry,
    path: '/v1/operator/lists/decisive',
    summary: 'Allow, or block for good',
    body: decisiveEntryRequest,
    answer: added,
    errors: refusals,
  },
  removeListEntry: {
    ...act,
    roles: operatorActions.removeListEntry,
    path: '/v1/operator/lists/:id/remove',
    summary: 'Take an entry off its list',
    params: idParams,
    body: removeRequest,
    answer: done,
    errors: ['measure_not_found', 'measure_over', 'role_forbidden'],
  },
  listSnoozes: {
    ...read,
    roles: operatorActions.listSnoozes,
    path: '/v1/operator/snoozes',
    summary: 'Rules that sleep for an account',
    query: snoozesQuery,
    answer: z.object({ data: z.array(snooze) }),
    errors: [],
  },
  snoozeRule: {
    ...act,
    roles: operatorActions.snoozeRule,
    path: '/v1/operator/snoozes',
    summary: 'Let a rule sleep for one account until a moment',
    body: snoozeRequest,
    answer: added,
    errors: [
      'rule_not_found',
      'rule_not_snoozable',
      'moment_passed',
      'already_in_force',
      'too_many_measures',
      'role_forbidden',
    ],
  },
  endSnooze: {
    ...act,
    roles: operatorActions.endSnooze,
    path: '/v1/operator/snoozes/:id/end',
    summary: 'Wake the rule before its time',
    params: idParams,
    body: z.strictObject({}),
    answer: done,
    errors: ['measure_not_found', 'measure_over', 'role_forbidden'],
  },
} as const satisfies Record<string, Route>
