import type { Command } from '#commit'
import { fundStatus, statusIn, statusKey, type FundStatus } from './status-record.ts'

/** Limits of the operator's own; null goes back to the dated rules. */
export interface FundLimits {
  /** Fen; above zero. */
  readonly quotaFen: bigint | null
  /** 1 to 1000. */
  readonly gatePerMille: number | null
}

/** Sets the fund-wide daily quota and the redemption gate, from this moment on. */
export const setFundLimits: Command<FundLimits, FundStatus> = {
  name: 'fund.set_limits',
  reads: () => [statusKey()],
  apply(state, { quotaFen, gatePerMille }) {
    const status = { ...statusIn(state), ownQuotaFen: quotaFen, ownGatePerMille: gatePerMille }
    state.put(fundStatus, status)
    return status
  },
}
