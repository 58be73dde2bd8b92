import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'

/**
 * The password of one PostgreSQL role, derived from one secret: there is a single thing to keep,
 * and knowing one role's password tells nothing about another's.
 */
export function derivePassword(secret: string, role: string): string {
  return createHmac('sha256', secret).update(`coffer role ${role}`).digest('hex')
}

const iterations = 4096

/**
 * What PostgreSQL stores for scram-sha-256 (RFC 5803). Made here, so that no password travels in
 * a statement that a server might log.
 */
export function scramVerifier(password: string, salt: Uint8Array): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const clientKey = createHmac('sha256', salted).update('Client Key').digest()
  const storedKey = createHash('sha256').update(clientKey).digest('base64')
  const serverKey = createHmac('sha256', salted).update('Server Key').digest('base64')
  const salt64 = Buffer.from(salt).toString('base64')
  return `SCRAM-SHA-256$${iterations}:${salt64}$${storedKey}:${serverKey}`
}
