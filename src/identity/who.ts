/* Customers, their standing, devices and sessions; the entry point takes them from here. */
export {
  customer,
  customerIn,
  customerKey,
  failedSignIns24h,
  smsStateOf,
  withFailedSignIn,
  withObservation,
  type Customer,
} from './customer.ts'
export {
  actorKeys,
  customerGuardView,
  guardViewOf,
  noteSignIn,
  payeeGuardViewOf,
  standingOf,
} from './standing.ts'
export { freeze, unfreeze, type FrozenBy } from './freeze.ts'
export { smsAcceptable, worse, type CarrierObservation, type Signal } from './sms-state.ts'
export {
  customersOn,
  device,
  deviceIn,
  deviceKey,
  deviceUse,
  deviceUseKey,
  isTrusted,
  seeDevice,
} from './device.ts'
export {
  freshSessionKey,
  guardProofOf,
  isLive,
  openSession,
  rotateSession,
  rotationGraceMs,
  session,
  sessionKey,
  sessionLifeMs,
  withSessionsEnded,
  type Session,
  type SessionEntry,
  type SessionProof,
} from './session.ts'
