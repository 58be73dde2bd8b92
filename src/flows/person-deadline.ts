import type { FlowContext } from './context.ts'

/** The demo's clock: an hour in a minute. */
const demoSpeed = 60

/**
 * How long a deadline lasts that a person at a screen must meet (to type a code, to stay signed
 * in). Where simulated time may run ahead, such deadlines are stretched by as much: five minutes
 * of the demo's time would be five seconds of the person's.
 */
export function personDeadline(context: Pick<FlowContext, 'testClock'>, ms: number): number {
  return context.testClock ? ms * demoSpeed : ms
}
