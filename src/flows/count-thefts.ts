import type { Sql } from '#database'
import { reportedPayments, theftFigures, type TheftFigures } from '#guarantee'
import { subjectsLabelled } from '#risk'
import { unreportedThefts } from '#wallet'

/**
 * Thefts as the board shows them: those that were reported, and those that analysts stopped before
 * anybody had to. Labels are read first: what is reported meanwhile is not counted twice.
 */
export async function countThefts(sql: Sql): Promise<TheftFigures> {
  const labelled = await subjectsLabelled(sql, 'theft')
  const reported = await theftFigures(sql, 0)
  const disputed = await reportedPayments(sql)
  const stray = await unreportedThefts(sql, { labelled, disputed })
  const { thefts } = reported
  return {
    ...reported,
    thefts: {
      attempted: thefts.attempted + stray.attempted,
      intercepted: thefts.intercepted + stray.intercepted,
      succeeded: thefts.succeeded,
    },
    attempted: reported.attempted + stray.amount,
    intercepted: reported.intercepted + stray.stopped,
    lost: reported.lost + stray.amount - stray.stopped,
  }
}
