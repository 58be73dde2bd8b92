/** Every use case made from one context; each factory's file names its errors. */
export { createFlows, type Flows } from './create-flows.ts'
/** What flows are given and what they answer. Expected refusals are values. */
export type {
  Actor, DeviceSignals, FlowContext, FlowLog, OperatorActor, Problem as FlowProblem,
} from './context.ts'
export type { OperatorAuthenticated } from './operator-authenticate.ts'
export type { Origin } from './origin.ts'
