import { readTestClock } from '#commit'
import { fail, localDateOf, ok, type Instant, type LocalDate, type Result } from '#kernel'
import type { FlowContext, Problem } from './context.ts'

export interface TestClockView {
  readonly now: Instant
  /** Simulated seconds per real second. */
  readonly rate: number
  readonly localDate: LocalDate
}

/** Simulated time. Errors: simulation_off. */
export function createReadTestClock(context: Pick<FlowContext, 'sql' | 'now' | 'testClock'>) {
  return async (): Promise<Result<TestClockView, Problem>> => {
    if (!context.testClock) return fail({ code: 'simulation_off' })
    const clock = await readTestClock(context.sql)
    const now = context.now()
    return ok({ now, rate: clock?.rate ?? 1, localDate: localDateOf(now) })
  }
}
