/** Codes of the driver and of PostgreSQL that mean: the conversation ended, nothing is known. */
const lostCodes = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  '57014',
  '57P01',
  '57P02',
  '57P03',
  '57P05',
  '08000',
  '08003',
  '08006',
  '25P03',
  '53300',
  '40P01',
])

/**
 * What a database error means for a batch. `conflict`: rows refused (a unique key, a check, a
 * stale version), nothing written. `lost`: the connection broke, the commit may have happened.
 */
export function faultOf(error: unknown): 'conflict' | 'lost' | 'defect' {
  const code = String((error as { code?: unknown } | null)?.code ?? '')
  if (lostCodes.has(code)) return 'lost'
  // 22: a value PostgreSQL cannot take, 23: a constraint, CF001: our own stale-row refusal.
  return code.startsWith('22') || code.startsWith('23') || code === 'CF001' ? 'conflict' : 'defect'
}
