/* Secrets, what they are kept as, and whose they are; the entry point takes them from here. */
export {
  csrfFits,
  csrfTokenOf,
  newCode,
  newToken,
  operatorSessionIdOf,
  sessionIdOf,
} from './secret-token.ts'
export { createPasswordHasher, type PasswordHasher } from './password-hasher.ts'
export { passwordWeak } from './password-strength.ts'
export { credential, credentialKey } from './credential.ts'
export { phoneEntry, phoneKey } from './phone-directory.ts'
