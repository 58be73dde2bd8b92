/* Operators: who they are and how they get in; the entry point takes them from here. */
export {
  freshOperatorKey,
  freshOperatorSessionKey,
  operator,
  operatorKey,
  operatorLogin,
  operatorLoginKey,
  operatorSession,
  operatorSessionKey,
  type Operator,
  type OperatorProof,
  type OperatorRole,
} from './operator.ts'
export {
  countOperatorFailure,
  forgetOperatorFailures,
  operatorDoorClosed,
  operatorDoorKeys,
  type OperatorDoor,
} from './operator-attempts.ts'
export { operatorPasskey, operatorPasskeyKey, useOperatorPasskey } from './operator-passkey.ts'
export {
  findOperators,
  liveOperatorSession,
  operatorAppOf,
  operatorByLogin,
  openStaffChanges,
  operatorPasskeyToVerify,
  staffChangeById,
  staffOf,
  type StaffView,
} from './operator-queries.ts'
export { appendAudit, auditHeadKey, type AuditNote, type AuditRow } from './audit.ts'
export {
  adminCountKey,
  adminsIn,
  countAdmins,
  fewestAdmins,
  freshStaffChangeKey,
  staffChange,
  staffChangeKey,
  type StaffChange,
} from './staff-change.ts'
