import { z } from 'zod'
import {
  policies,
  policyBacktest,
  policyBacktestRequest,
  policyDryRun,
  policyDryRunRequest,
  policyParams,
  policyRollBackRequest,
  policySaved,
  policySaveRequest,
  policyShadowRequest,
  whyNot,
} from './policies.ts'
import type { Route } from './route.ts'
import { idParams } from './scalars.ts'

const tag = 'Policies'
const act = {
  auth: 'operator',
  idempotent: true,
  method: 'POST',
  status: 200,
  roles: ['supervisor', 'admin'],
  tag,
} as const
const one = '/v1/operator/policies/:version'

/** The life of a policy, for supervisors and admins; everybody on the staff may read. */
export const policyRoutes = {
  listPolicies: {
    auth: 'operator',
    idempotent: false,
    method: 'GET',
    status: 200,
    path: '/v1/operator/policies',
    tag,
    summary: 'The active policy, drafts, publications, and how shadows differ',
    answer: policies,
    errors: [],
  },
  explainWhyNot: {
    auth: 'operator',
    idempotent: false,
    method: 'GET',
    status: 200,
    path: '/v1/operator/decisions/:id/why-not',
    tag: 'Decisions',
    summary: 'The smallest change of facts to each other outcome, and what shadows said',
    params: idParams,
    answer: whyNot,
    errors: ['decision_not_found', 'policy_not_found'],
  },
  savePolicy: {
    ...act,
    path: '/v1/operator/policies',
    summary: 'Save a document as a draft',
    body: policySaveRequest,
    answer: policySaved,
    errors: ['policy_faulty', 'role_forbidden'],
  },
  dryRunPolicy: {
    ...act,
    idempotent: false,
    path: '/v1/operator/policies/dry-run',
    summary: 'What a document would say of given facts; keeps nothing',
    body: policyDryRunRequest,
    answer: policyDryRun,
    errors: ['policy_faulty', 'facts_malformed', 'role_forbidden'],
  },
  shadowPolicy: {
    ...act,
    path: `${one}/shadow`,
    summary: 'Let a draft decide beside the live policy, or no longer',
    params: policyParams,
    body: policyShadowRequest,
    answer: policies,
    errors: ['draft_not_found', 'draft_published', 'role_forbidden'],
  },
  backtestPolicy: {
    ...act,
    path: `${one}/backtest`,
    summary: 'Replay recorded decisions under a draft and keep the figures',
    params: policyParams,
    body: policyBacktestRequest,
    answer: policyBacktest,
    errors: ['draft_not_found', 'policy_faulty', 'role_forbidden'],
  },
  publishPolicy: {
    ...act,
    path: `${one}/publish`,
    summary: 'Publish a draft that somebody else has saved',
    params: policyParams,
    body: z.strictObject({}),
    answer: policies,
    errors: [
      'draft_not_found',
      'draft_published',
      'draft_not_shadowed',
      'draft_not_backtested',
      'second_person_needed',
      'role_forbidden',
    ],
  },
  rollBackPolicy: {
    ...act,
    path: `${one}/roll-back`,
    summary: 'Make an earlier publication decide again',
    params: policyParams,
    body: policyRollBackRequest,
    answer: policies,
    errors: ['policy_not_found', 'policy_changed_meanwhile', 'already_active', 'role_forbidden'],
  },
} as const satisfies Record<string, Route>
