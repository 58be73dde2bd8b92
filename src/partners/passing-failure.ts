/**
 * Nothing was learnt and perhaps something was done: the same call may be repeated with the same
 * reference, and will then get the answer of the first. Every other error is final.
 */
export const passingFailures = [
  'timeout',
  'unavailable',
  'rate_limited',
  'malformed_answer',
] as const
export type PassingFailure = (typeof passingFailures)[number]

/** True when the call should be repeated later, with the same reference. */
export function isPassing(error: string): error is PassingFailure {
  return (passingFailures as readonly string[]).includes(error)
}
