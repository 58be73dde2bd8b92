import { z } from 'zod'
import { fundLimitsRequest, operatorFund, shadowPriceRequest } from './fund.ts'
import { outcome } from './guard-words.ts'
import { claimDecisionRequest, operatorClaim } from './guarantee.ts'
import { freezeAnswer } from './identity.ts'
import { operatorActions } from './operator-actions.ts'
import { operatorFactorRoutes } from './operator-factor-routes.ts'
import {
  auditEntry,
  board,
  decision,
  decisionSummary,
  operatorFreezeRequest,
  operatorMe,
  operatorSignInRequest,
  replay,
  replayRequest,
  review,
  reviewDecisionRequest,
  reviewSummary,
  testClock,
  testClockRequest,
} from './operator.ts'
import { policyRoutes } from './policy-routes.ts'
import type { Route } from './route.ts'
import { staffRoutes } from './staff-routes.ts'
import { anyId, done, idParams, pageOf, pageQuery } from './scalars.ts'

const read = { auth: 'operator', idempotent: false, method: 'GET', status: 200 } as const
const act = { auth: 'operator', idempotent: false, method: 'POST', status: 200 } as const

const boardRoutes = {
  operatorSignIn: {
    ...act,
    auth: 'none',
    path: '/v1/operator/sign-in',
    tag: 'Operators',
    summary: 'Sign in as an operator',
    body: operatorSignInRequest,
    answer: operatorMe,
    errors: ['credentials_wrong', 'too_many_tries', 'second_factor_required', 'code_wrong'],
  },
  operatorSignOut: {
    ...act,
    auth: 'none',
    path: '/v1/operator/sign-out',
    tag: 'Operators',
    summary: 'End the operator’s session, if there is one',
    answer: done,
    errors: [],
  },
  getOperatorMe: {
    ...read,
    roles: operatorActions.getOperatorMe,
    enrolment: true,
    path: '/v1/operator/me',
    tag: 'Operators',
    summary: 'The operator and the CSRF token',
    answer: operatorMe,
    errors: [],
  },
  getBoard: {
    ...read,
    roles: operatorActions.getBoard,
    path: '/v1/operator/board',
    tag: 'Board',
    summary: 'The board at this moment',
    answer: board,
    errors: [],
  },
  streamBoard: {
    ...read,
    roles: operatorActions.streamBoard,
    path: '/v1/operator/board/stream',
    tag: 'Board',
    summary: 'The board every second, as server-sent events',
    answerKind: 'stream',
    answer: board,
    errors: [],
  },
} as const satisfies Record<string, Route>

const fundRoutes = {
  getOperatorFund: {
    ...read,
    roles: operatorActions.getOperatorFund,
    path: '/v1/operator/fund',
    tag: 'Fund',
    summary: 'Subscriptions, quota, gate and the shadow price with its alerts',
    answer: operatorFund,
    errors: ['role_forbidden'],
  },
  recordShadowPrice: {
    ...act,
    roles: operatorActions.recordShadowPrice,
    idempotent: true,
    path: '/v1/operator/fund/shadow-prices',
    tag: 'Fund',
    summary: 'Note a day’s shadow price; at 0.5 % subscriptions are suspended',
    body: shadowPriceRequest,
    answer: operatorFund,
    errors: ['role_forbidden'],
  },
  setFundLimits: {
    ...act,
    roles: operatorActions.setFundLimits,
    idempotent: true,
    path: '/v1/operator/fund/limits',
    tag: 'Fund',
    summary: 'Set the fund-wide daily quota and the redemption gate',
    body: fundLimitsRequest,
    answer: operatorFund,
    errors: ['role_forbidden'],
  },
} as const satisfies Record<string, Route>

const caseRoutes = {
  listReviews: {
    ...read,
    roles: operatorActions.listReviews,
    path: '/v1/operator/reviews',
    tag: 'Reviews',
    summary: 'Held payments, most urgent first',
    query: z.strictObject({
      ...pageQuery.shape,
      state: z.enum(['open', 'ended']).default('open'),
    }),
    answer: pageOf(reviewSummary),
    errors: ['cursor_unknown', 'role_forbidden'],
  },
  getReview: {
    ...read,
    roles: operatorActions.getReview,
    path: '/v1/operator/reviews/:id',
    tag: 'Reviews',
    summary: 'One held payment: facts, every rule’s value, timeline',
    params: idParams,
    answer: review,
    errors: ['review_not_found', 'role_forbidden'],
  },
  decideReview: {
    ...act,
    roles: operatorActions.decideReview,
    idempotent: true,
    path: '/v1/operator/reviews/:id/decide',
    tag: 'Reviews',
    summary: 'Release or void a held payment, with label and reason',
    params: idParams,
    body: reviewDecisionRequest,
    answer: review,
    errors: ['review_not_found', 'review_ended', 'role_forbidden'],
  },
  listOperatorClaims: {
    ...read,
    roles: operatorActions.listOperatorClaims,
    path: '/v1/operator/claims',
    tag: 'Claims',
    summary: 'Claims, those with the nearest clock first',
    query: z.strictObject({
      ...pageQuery.shape,
      state: z.enum(['open', 'closed', 'all']).default('open'),
    }),
    answer: pageOf(operatorClaim),
    errors: ['cursor_unknown', 'role_forbidden'],
  },
  getOperatorClaim: {
    ...read,
    roles: operatorActions.getOperatorClaim,
    path: '/v1/operator/claims/:id',
    tag: 'Claims',
    summary: 'One claim with its evidence, clocks and approvals',
    params: idParams,
    answer: operatorClaim,
    errors: ['claim_not_found', 'role_forbidden'],
  },
  approveClaim: {
    ...act,
    roles: operatorActions.approveClaim,
    idempotent: true,
    path: '/v1/operator/claims/:id/approve',
    tag: 'Claims',
    summary: 'First and second approval, by two people',
    params: idParams,
    body: claimDecisionRequest,
    answer: operatorClaim,
    errors: ['claim_not_found', 'claim_not_open', 'approver_is_maker', 'role_forbidden'],
  },
  freezeCustomer: {
    ...act,
    roles: operatorActions.freezeCustomer,
    idempotent: true,
    path: '/v1/operator/customers/:id/freeze',
    tag: 'Reviews',
    summary: 'Freeze a customer: nothing leaves his account any more',
    params: idParams,
    body: operatorFreezeRequest,
    answer: freezeAnswer,
    errors: ['customer_not_found', 'role_forbidden'],
  },
  unfreezeCustomer: {
    ...act,
    roles: operatorActions.unfreezeCustomer,
    idempotent: true,
    path: '/v1/operator/customers/:id/unfreeze',
    tag: 'Reviews',
    summary: 'Lift a freeze, whoever set it',
    params: idParams,
    body: z.strictObject({}),
    answer: freezeAnswer,
    errors: ['customer_not_found', 'customer_not_frozen', 'role_forbidden'],
  },
  listDecisions: {
    ...read,
    roles: operatorActions.listDecisions,
    path: '/v1/operator/decisions',
    tag: 'Decisions',
    summary: 'Decisions of the guard, newest first',
    query: z.strictObject({
      ...pageQuery.shape,
      outcome: outcome.optional(),
      customer_id: anyId.optional(),
    }),
    answer: pageOf(decisionSummary),
    errors: ['cursor_unknown', 'role_forbidden'],
  },
  getDecision: {
    ...read,
    roles: operatorActions.getDecision,
    path: '/v1/operator/decisions/:id',
    tag: 'Decisions',
    summary: 'A decision, replayed from its stored facts and policy version',
    params: idParams,
    answer: decision,
    errors: ['decision_not_found', 'policy_not_found', 'role_forbidden'],
  },
} as const satisfies Record<string, Route>

const auditRoutes = {
  listAudit: {
    ...read,
    roles: operatorActions.listAudit,
    path: '/v1/operator/audit',
    tag: 'Operators',
    summary: 'What operators read and changed, newest first, in a hash chain',
    query: pageQuery,
    answer: pageOf(auditEntry),
    errors: ['cursor_unknown', 'role_forbidden'],
  },
} as const satisfies Record<string, Route>

const simulationRoutes = {
  startReplay: {
    ...act,
    roles: operatorActions.startReplay,
    simulationOnly: true,
    path: '/v1/operator/replays',
    tag: 'Simulation',
    summary: 'Replay the 2013 theft on a server and database of its own',
    body: replayRequest,
    status: 202,
    answer: replay,
    errors: ['replay_running', 'simulation_off', 'role_forbidden'],
  },
  getReplay: {
    ...read,
    roles: operatorActions.getReplay,
    simulationOnly: true,
    path: '/v1/operator/replays/:id',
    tag: 'Simulation',
    summary: 'Progress and results of a replay',
    params: idParams,
    answer: replay,
    errors: ['replay_not_found', 'simulation_off', 'role_forbidden'],
  },
  getTestClock: {
    ...read,
    roles: operatorActions.getTestClock,
    simulationOnly: true,
    path: '/v1/test-clock',
    tag: 'Simulation',
    summary: 'Simulated time',
    answer: testClock,
    errors: ['simulation_off'],
  },
  moveTestClock: {
    ...act,
    roles: operatorActions.moveTestClock,
    simulationOnly: true,
    path: '/v1/test-clock',
    tag: 'Simulation',
    summary: 'Move simulated time forward, or change how fast it runs',
    body: testClockRequest,
    answer: testClock,
    errors: ['clock_backwards', 'simulation_off', 'calendar_horizon', 'role_forbidden'],
  },
} as const satisfies Record<string, Route>

/** With the session of an operator. */
export const operatorRoutes = {
  ...boardRoutes,
  ...operatorFactorRoutes,
  ...staffRoutes,
  ...fundRoutes,
  ...caseRoutes,
  ...policyRoutes,
  ...auditRoutes,
  ...simulationRoutes,
} as const
