import type { OperatorRole } from './operator.ts'

const desks = ['analyst', 'supervisor', 'claims'] as const
const everyRole = [
  'analyst',
  'supervisor',
  'claims',
  'insurer',
  'fund',
  'auditor',
  'admin',
] as const
/** Who watches cases: those who work on them, and the auditor, who changes nothing. */
const caseReaders = [...desks, 'auditor'] as const
/** Simulated time and replays change no customer's case; outsiders still do not touch them. */
const staff = [...desks, 'fund', 'admin'] as const

/** Who drafts, tries and publishes policies; publishing needs two of them. */
const policyMakers = ['supervisor', 'admin'] as const

/**
 * Which roles may do what: the one table of it. An action has the name of its route. The HTTP face
 * refuses by it at the door, the flows again for whoever comes another way.
 */
export const operatorActions = {
  getOperatorMe: everyRole,
  beginOperatorTotp: everyRole,
  confirmOperatorTotp: everyRole,
  beginOperatorPasskey: everyRole,
  addOperatorPasskey: everyRole,
  listStaff: ['admin', 'auditor'],
  proposeStaffChange: ['admin'],
  decideStaffChange: ['admin'],
  getBoard: everyRole,
  streamBoard: everyRole,
  getOperatorFund: [...desks, 'fund', 'auditor'],
  recordShadowPrice: ['supervisor', 'fund'],
  setFundLimits: ['supervisor', 'fund'],
  listReviews: caseReaders,
  getReview: caseReaders,
  decideReview: ['analyst', 'supervisor'],
  listOperatorClaims: [...caseReaders, 'insurer'],
  getOperatorClaim: [...caseReaders, 'insurer'],
  approveClaim: ['claims', 'supervisor'],
  freezeCustomer: desks,
  unfreezeCustomer: ['supervisor', 'claims'],
  listDecisions: caseReaders,
  getDecision: caseReaders,
  explainWhyNot: caseReaders,
  listPolicies: everyRole,
  getPolicy: [...caseReaders, 'admin'],
  savePolicy: policyMakers,
  dryRunPolicy: policyMakers,
  shadowPolicy: policyMakers,
  backtestPolicy: policyMakers,
  publishPolicy: policyMakers,
  rollBackPolicy: policyMakers,
  listLists: caseReaders,
  addListEntry: ['analyst', 'supervisor'],
  /** What overrides the guard, or what nothing overrides: the allow list and final blocks. */
  addDecisiveEntry: ['supervisor'],
  removeListEntry: ['supervisor'],
  listSnoozes: caseReaders,
  snoozeRule: ['analyst', 'supervisor'],
  endSnooze: ['analyst', 'supervisor'],
  listFeeds: everyRole,
  listAudit: ['auditor'],
  getAuditChain: ['auditor'],
  startReplay: staff,
  getReplay: [...staff, 'auditor'],
  getTestClock: everyRole,
  moveTestClock: staff,
} as const satisfies Record<string, readonly OperatorRole[]>

export type OperatorAction = keyof typeof operatorActions

/** What shows personal data to an operator: noted in the audit log before it is shown. */
export const personalReads = [
  'listReviews',
  'getReview',
  'listOperatorClaims',
  'getOperatorClaim',
  'listDecisions',
  'getDecision',
  'explainWhyNot',
  'listLists',
  'listSnoozes',
  'listAudit',
] as const satisfies readonly OperatorAction[]

/** Everything that somebody with these roles may do: what his pages show. */
export function actionsOf(roles: readonly string[]): OperatorAction[] {
  const actions = Object.keys(operatorActions) as OperatorAction[]
  return actions.filter((action) => rolesMay(roles, action))
}

/** True when one of somebody's roles may do it. */
export function rolesMay(roles: readonly string[], action: OperatorAction): boolean {
  const allowed: readonly string[] = operatorActions[action]
  return roles.some((role) => allowed.includes(role))
}
