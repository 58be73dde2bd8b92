import { moveTestClock, readTestClock } from '#commit'
import { fail, type Instant, ok, type Result } from '#kernel'
import type { FlowContext, Problem } from './context.ts'
import { createNextDue, createRunDue } from './run-due.ts'
import { submit } from './submit.ts'

export interface AdvanceClockInput {
  /** Where simulated time shall stand; undefined: where it is. */
  readonly to?: Instant
  /** Simulated seconds per real second from then on; undefined: as before. */
  readonly rate?: number
}

/**
 * Moves simulated time forward, stopping at every moment at which something is due (cut-offs,
 * confirmations, income, deadlines, claim clocks) and doing it there: a year passes as a year,
 * only faster. Errors: simulation_off, clock_backwards, unavailable.
 */
export function createAdvanceClock(context: FlowContext) {
  const runDue = createRunDue(context)
  const nextDue = createNextDue(context)

  async function moveTo(to: Instant | null, rate: number): Promise<Result<boolean, Problem>> {
    const real = context.realNow()
    const id = context.ids.next('clk')
    const moved = await submit(context, moveTestClock, {
      owner: 'clock',
      id,
      input: { to, rate, real },
    })
    return moved.ok ? ok(moved.value.moved) : moved
  }

  return async (input: AdvanceClockInput): Promise<Result<Instant, Problem>> => {
    if (!context.testClock) return fail({ code: 'simulation_off' })
    const present = await readTestClock(context.sql)
    const rate = input.rate ?? present?.rate ?? 1
    const target = input.to ?? context.now()
    if (target < context.now()) return fail({ code: 'clock_backwards', param: 'to' })
    await runDue('all')
    for (;;) {
      const next = await nextDue(context.now())
      if (next.at > target) break
      // A restart may have run on meanwhile: never ask the clock to go back.
      const stepped = await moveTo(Math.max(next.at, context.now()), 0)
      if (!stepped.ok) return stepped
      await runDue(next.kind)
    }
    // Time that runs may have passed the target by the time the command is applied.
    const reached = await moveTo(target, rate)
    const arrived = reached.ok && !reached.value ? await moveTo(null, rate) : reached
    if (!arrived.ok) return arrived
    await runDue('all')
    return ok(context.now())
  }
}
