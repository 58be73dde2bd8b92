import type { FundReplayOptions } from '#cli'
import { CalendarHorizonError, daysWithoutFigure } from '#fund'
import { stopwatch } from '#kernel'
import { formatAmount } from '#money'
import { replayFund, type Replayed } from './fund-replay/replay-fund.ts'
import { readFiguresFile } from './read-figures-file.ts'

const tell = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

const shownDays = 10

/**
 * `coffer fund replay`: the fund's history with published figures. Exit 1: an invariant is broken;
 * 2: the file does not cover the range, or the range lies outside the calendar.
 */
export async function fundReplayAction(options: FundReplayOptions): Promise<number> {
  const { from, to, csv, holders, seed, json } = options
  if (to < from) {
    tell(`--to ${to} is before --from ${from}`)
    return 2
  }
  const figures = await readFiguresFile(csv, tell)
  if (figures === null) return 2
  const missing = daysWithoutFigure(figures, { from, to })
  if (missing.length > 0) {
    const more = missing.length > shownDays ? ' …' : ''
    tell(`${csv}: day_missing: ${missing.length} days of ${from} to ${to} have no figure:`)
    tell(`${missing.slice(0, shownDays).join(' ')}${more}`)
    return 2
  }
  const elapsed = stopwatch()
  try {
    const replayed = await replayFund({ from, to, figures, holders, seed }, tell)
    const shown = shownOf(replayed)
    tell(`${(elapsed() / 1_000).toFixed(1)} s`)
    process.stdout.write(
      json ? `${JSON.stringify(shown)}\n` : `${JSON.stringify(shown, null, 2)}\n`,
    )
    return shown.invariants.every(({ ok }) => ok) ? 0 : 1
  } catch (error) {
    if (!(error instanceof CalendarHorizonError)) throw error
    tell(`calendar_horizon: ${error.message}`)
    return 2
  }
}

function shownOf({ units, incomePaid, ...rest }: Replayed) {
  return { ...rest, units: formatAmount(units), incomePaid: formatAmount(incomePaid) }
}
