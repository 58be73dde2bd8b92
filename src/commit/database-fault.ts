import { isUnavailable } from '#database'

/**
 * PostgreSQL ended the turn, not the connection: statement timeout, idle session, idle in a
 * transaction, deadlock. Then, too, the batch is decided again.
 */
const endedTurns = new Set(['57014', '57P05', '25P03', '40P01'])

/**
 * What a database error means for a batch. `conflict`: rows refused (a unique key, a check, a
 * stale version), nothing written. `lost`: the connection broke, the commit may have happened.
 */
export function faultOf(error: unknown): 'conflict' | 'lost' | 'defect' {
  const code = String((error as { code?: unknown } | null)?.code ?? '')
  if (isUnavailable(error) || endedTurns.has(code)) return 'lost'
  // 22: a value PostgreSQL cannot take, 23: a constraint, CF001: our own stale-row refusal.
  return code.startsWith('22') || code.startsWith('23') || code === 'CF001' ? 'conflict' : 'defect'
}
