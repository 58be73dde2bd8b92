/* Secrets and what they are kept as; the entry point takes them from here. */
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
