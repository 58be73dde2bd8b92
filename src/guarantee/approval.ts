import { defineLog } from '#commit'
import type { Instant } from '#kernel'

/**
 * Four eyes on a claim: who decided and who agreed. The table's CHECK (maker <> checker) refuses
 * the same operator twice, whatever the code does.
 */
export interface Approval {
  claimId: string
  decision: 'approve' | 'decline'
  /** Fen accepted for the principal. */
  amount: bigint
  maker: string
  makerReason: string
  madeAt: Instant
  checker: string
  checkerReason: string
  at: Instant
}

export const approvalLog = defineLog<Approval>({
  name: 'guarantee.approval',
  fields: {
    claimId: 'text',
    decision: 'text',
    amount: 'bigint',
    maker: 'text',
    makerReason: 'text',
    madeAt: 'instant',
    checker: 'text',
    checkerReason: 'text',
    at: 'instant',
  },
})
