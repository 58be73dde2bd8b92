import { equalInConstantTime, type Random, sha256Hex } from '#kernel'

/** A session token: 256 random bits, known only to whoever signed in. */
export function newToken(random: Random): string {
  return Buffer.from(random.bytes(32)).toString('base64url')
}

/** The id under which a session is kept: who reads the table cannot sign in with it. */
export function sessionIdOf(token: string): string {
  return `ses_${sha256Hex(token)}`
}

export function operatorSessionIdOf(token: string): string {
  return `ops_${sha256Hex(`operator:${token}`)}`
}

/**
 * The token that a page sends back in a header with every change. It follows from the session
 * token, which no foreign page and no script can read; so it needs no storage.
 */
export function csrfTokenOf(sessionToken: string): string {
  return sha256Hex(`csrf:${sessionToken}`)
}

export function csrfFits(sessionToken: string, shown: string | undefined): boolean {
  return shown !== undefined && equalInConstantTime(csrfTokenOf(sessionToken), shown)
}

/** Six random digits. */
export function newCode(random: Random): string {
  return String(random.between(0, 999_999)).padStart(6, '0')
}
