/* Every read of this module for screens and checks; the entry point takes them from here. */
export {
  accountDays,
  countCustomers,
  customerIdByPhone,
  findCustomer,
  findCustomers,
  findPayee,
  findPayees,
  type CustomerView,
  type Payee,
} from './customer-queries.ts'
export {
  customersOnDevices,
  devicePublicKey,
  devicesOf,
  isTrustedDevice,
  type DeviceView,
} from './device-queries.ts'
export { passkeysOf, passkeyToVerify, type PasskeyView } from './passkey-queries.ts'
export { secondFactorsOf, totpToVerify, type SecondFactors } from './factor-queries.ts'
export {
  lastEntry,
  findSessions,
  liveSession,
  sessionsOf,
  successorOf,
  type LiveSession,
  type SessionView,
} from './session-queries.ts'
export {
  credentialByPhone,
  passwordHashOf,
  signInBlocked,
  waitingSignIns,
  type WaitingSignIn,
} from './sign-in-queries.ts'
export { auditRows, verifyAudit, type AuditFilter, type AuditVerified } from './audit-queries.ts'
export { maskName, maskPhone } from './mask.ts'
