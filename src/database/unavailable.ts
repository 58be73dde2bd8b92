/** What the client library and the operating system say when there is no (more) connection. */
const codes = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  // PostgreSQL itself: shutting down, crashed, starting up, too many connections.
  '57P01',
  '57P02',
  '57P03',
  '53300',
])

/**
 * Whether an error means that the database cannot be reached just now: try again later, and what
 * was under way may or may not have been done. Any other error is about the statement itself.
 */
export function isUnavailable(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  // SQLSTATE class 08: connection exception.
  return codes.has(code) || /^08...$/.test(code)
}
