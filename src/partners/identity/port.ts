import type { Result } from '#kernel'
import type { PassingFailure } from '../passing-failure.ts'

/** `unknown`: the register has nobody with this number, or may not say. */
export const nameVerdicts = ['match', 'mismatch', 'unknown'] as const
export type NameVerdict = (typeof nameVerdicts)[number]

export interface NamedPerson {
  readonly name: string
  /** GB 11643: 17 digits and a check digit. */
  readonly idNumber: string
}

/** A register of persons: does this name belong to this ID number? It changes nothing there. */
export interface IdentityRegister {
  checkName(person: NamedPerson): Promise<Result<NameVerdict, PassingFailure>>
}
