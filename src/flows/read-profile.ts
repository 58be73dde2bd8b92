import { fail, ok, type Instant, type Result } from '#kernel'
import { devicesOf } from '#identity'
import { accountId } from '#ledger'
import { lookAtProfile, recentDecisions, showProfile, type ProfileShown } from '#risk'
import { paymentsOf } from '#wallet'
import type { FlowContext, Problem } from './context.ts'
import { createShowDecisions, type DecisionView } from './read-decisions.ts'
import { submit } from './submit.ts'

/** What the guard knows of somebody, and what it made of it lately. */
export interface ProfileView {
  readonly holder: string
  readonly at: Instant
  readonly profile: ProfileShown
  readonly decisions: readonly DecisionView[]
}

/** So many payments and decisions are looked through for names behind the hashes. */
const namesFrom = 500

/**
 * A holder's profile: of a customer of ours (`cus_…` or his account `2010:cus_…`) or of another
 * wallet (`guest:…`). Errors: profile_not_found, unavailable.
 */
export function createReadProfile(context: Pick<FlowContext, 'lane' | 'sql' | 'now' | 'ids'>) {
  const showDecisions = createShowDecisions(context)
  return async (asked: string, latest = 5): Promise<Result<ProfileView, Problem>> => {
    const { sql } = context
    const customerId = asked.replace(/^20[17]0:/, '')
    const holder = customerId === asked && !asked.startsWith('guest:') ? walletOf(asked) : asked
    const looked = await submit(context, lookAtProfile, {
      owner: 'guard',
      id: context.ids.next('see'),
      input: { holder },
    })
    if (!looked.ok) return looked
    const { profile, at } = looked.value
    if (profile === null) return fail({ code: 'profile_not_found' })
    const [payments, devices, decisions] = await Promise.all([
      paymentsOf(sql, customerId, { limit: namesFrom }),
      devicesOf(sql, customerId, at),
      recentDecisions(sql, { customerId, limit: latest }),
    ])
    const ids = [
      ...devices.map(({ deviceId }) => deviceId),
      ...payments.flatMap(({ payer, payee, deviceId, network }) => [
        payer,
        payee,
        ...(deviceId === null ? [] : [deviceId]),
        ...(network === null ? [] : [network]),
      ]),
    ]
    const shown = showProfile(profile, { now: at, ids })
    return ok({ holder, at, profile: shown, decisions: await showDecisions(decisions) })
  }
}

function walletOf(customerId: string): string {
  return accountId('2010', customerId)
}
