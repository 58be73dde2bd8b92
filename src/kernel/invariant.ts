/** A rule of the program itself was broken: never an expected outcome, always a defect. */
export class InvariantError extends Error {
  override name = 'InvariantError'
}

/** Throws InvariantError when `condition` is false. */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantError(message)
}

/** The value, or InvariantError when it is null or undefined. */
export function required<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new InvariantError(`missing: ${what}`)
  return value
}

/** For the default branch of an exhaustive switch: the compiler proves it is unreachable. */
export function unreachable(value: never): never {
  throw new InvariantError(`unreachable: ${JSON.stringify(value)}`)
}
