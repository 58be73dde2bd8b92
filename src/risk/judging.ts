/** Pure: facts, and one verdict on them. decodeFacts throws InvariantError on foreign bytes. */
export { decide } from './decide.ts'
export { factFields, factNames, type FactName, type Facts } from './facts.ts'
export { decodeFacts, encodeFacts } from './facts-codec.ts'
export { gatherFacts, type Profiles } from './gather-facts.ts'
export type { GuardInput, GuardParties, Proof, Signal, TerminalFacts } from './guard-input.ts'
export {
  levels,
  outcomes,
  steps,
  type Decision,
  type Level,
  type Outcome,
  type Reason,
  type Step,
  type Verdict,
} from './outcome.ts'
