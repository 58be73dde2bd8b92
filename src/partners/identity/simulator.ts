import { fail, ok } from '#kernel'
import type { Faults } from '../faults.ts'
import type { PassingFailure } from '../passing-failure.ts'
import type { IdentityRegister } from './port.ts'
import { identitySentinelOf, type IdentitySentinel } from './sentinels.ts'

const failures: Partial<Record<IdentitySentinel, PassingFailure>> = {
  timeout: 'timeout',
  rateLimited: 'rate_limited',
  unavailable: 'unavailable',
  malformedAnswer: 'malformed_answer',
}

/** A register in which everybody is who he says, but for sentinel numbers. It keeps no books. */
export function createIdentitySimulator({ faults }: { readonly faults: Faults }): IdentityRegister {
  return {
    async checkName({ idNumber }) {
      const sentinel = identitySentinelOf(idNumber)
      const failure = faults.of('identity') ?? (sentinel && failures[sentinel])
      if (failure !== undefined) return fail(failure)
      return ok(sentinel === 'mismatch' || sentinel === 'unknown' ? sentinel : 'match')
    },
  }
}
