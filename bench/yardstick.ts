import type { Sql } from '#database'
import { rounded, type Report } from './report.ts'
import { runFunction, runInteractive } from './tpcb.ts'

/** TPC-B as it runs here and now; ratios are to its one-function form. */
export interface Yardstick {
  readonly interactivePerSecond: number
  readonly functionPerSecond: number
}

const seconds = 10
const say = (line: string) => process.stderr.write(`${line}\n`)

/** TPC-B, interactive and in one function, ten seconds each. `prepareTpcb` must have run. */
export async function measureYardstick(sql: Sql, round: number): Promise<Yardstick> {
  const interactive = await runInteractive(sql, seconds)
  say(`TPC-B interactive, round ${round}: ${rounded(interactive.perSecond)}/s`)
  const inFunction = await runFunction(sql, seconds)
  say(`TPC-B in one function, round ${round}: ${rounded(inFunction.perSecond)}/s`)
  return {
    interactivePerSecond: interactive.perSecond,
    functionPerSecond: inFunction.perSecond,
  }
}

/** The mean of a round before all runs and one after them. */
export function meanOf(before: Yardstick, after: Yardstick): Report['yardstick'] {
  return {
    what: 'TPC-B, scale 10, 16 connections, postgres.js; mean of a run before and one after',
    interactivePerSecond: rounded((before.interactivePerSecond + after.interactivePerSecond) / 2),
    functionPerSecond: rounded((before.functionPerSecond + after.functionPerSecond) / 2),
  }
}
