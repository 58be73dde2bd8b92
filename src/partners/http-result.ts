import { fail, ok, type Result } from '#kernel'
import type { HttpAnswer } from './http-call.ts'
import type { PassingFailure } from './passing-failure.ts'

/** A code the partner uses that its port does not know decides nothing: malformed_answer. */
export function resultOf<T, E extends string>(
  answer: HttpAnswer<T>,
  known: readonly E[],
): Result<T, E | PassingFailure> {
  if (answer.ok) return ok(answer.value)
  if ('failure' in answer) return fail(answer.failure)
  const { code } = answer
  return fail(known.find((one) => one === code) ?? 'malformed_answer')
}

/** The same result with its value read another way. */
export function mapped<T, U, E>(result: Result<T, E>, read: (value: T) => U): Result<U, E> {
  return result.ok ? ok(read(result.value)) : result
}
