import { openReviews, type Review, type ReviewLabel } from '#cases'
import type { OperatorActor } from '#flows'
import { claimsForDesk } from '#guarantee'
import { findCustomers, type OperatorRole } from '#identity'
import { hour, type Instant, invariant, type Random } from '#kernel'
import { count, type Tally, type WorldParts } from './parts.ts'
import type { Truth } from './scene.ts'

export interface StaffMember {
  readonly login: string
  readonly name: string
  readonly password: string
  readonly roles: readonly OperatorRole[]
  /** Base 32, of the app that makes his codes: known to everybody, as his password is. */
  readonly totpSecret: string
}

/** The operator's people in the demo. `bot` is nobody: it helps out when nobody does. */
export const staffMembers = {
  ana: {
    login: 'ana',
    name: 'Ana Ruiz',
    password: 'ana-watches-2025',
    roles: ['analyst'],
    totpSecret: '56XFNWKEPJ2ROXVP53522IWKTVQITXQ4',
  },
  carl: {
    login: 'carl',
    name: 'Carl Meyer',
    password: 'carl-decides-2025',
    roles: ['claims'],
    totpSecret: 'AFXG3IOQFM3UCCTSRAT5XIB76QWLBQOT',
  },
  cleo: {
    login: 'cleo',
    name: 'Cleo Okafor',
    password: 'cleo-agrees-2025',
    roles: ['claims'],
    totpSecret: 'UKMWQVUPWRXKRCMNVQ6QJBG25I63YML5',
  },
  sam: {
    login: 'sam',
    name: 'Sam Lindqvist',
    password: 'sam-oversees-2025',
    roles: ['supervisor', 'analyst', 'claims'],
    totpSecret: 'YRAGTNKUZEHIR4CKTCNJEVMCBBFIL7XV',
  },
  bot: {
    login: 'bot',
    name: 'Demo desk',
    password: 'bot-helps-out-2025',
    roles: ['analyst'],
    totpSecret: 'D3Z7UPOBPOB45IOTTNC5AZHMT5EVV6J2',
  },
  ada: {
    login: 'ada',
    name: 'Ada Moreau',
    password: 'ada-publishes-2025',
    roles: ['admin'],
    totpSecret: '5EZI7G5GIN44QDPOQONKCQ5ER4GE3OHQ',
  },
  otto: {
    login: 'otto',
    name: 'Otto Brandt',
    password: 'otto-audits-2025',
    roles: ['auditor'],
    totpSecret: 'YIYVBPP2AL3MT5EMITOAKEDJKYMCUND4',
  },
} as const satisfies Record<string, StaffMember>
export type StaffLogin = keyof typeof staffMembers

export interface Staff {
  /** Makes them; safe at every start. */
  employ(): Promise<void>
  /** Ana decides reviews opened before an instant, the oldest first. */
  decideReviews(openedBefore: Instant): Promise<number>
  /** Where nobody decides: the demo desk takes old reviews until no more than so many are open. */
  relieve(how: { mostOpen: number; openedBefore: Instant }): Promise<number>
  /** Carl decides what has been investigated for `restMs`, Cleo agrees as long afterwards. */
  judgeClaims(restMs: number): Promise<number>
  /** Sam lifts the freeze of victims whose claim has ended. */
  unfreezeWhole(): Promise<number>
}

export function createStaff(
  { flows, context }: WorldParts,
  world: { truth: Truth; random: Random; tally: Tally },
): Staff {
  const { sql, ids, now } = context
  const actors = new Map<StaffLogin, OperatorActor>()

  function actor(login: StaffLogin): OperatorActor {
    const found = actors.get(login)
    invariant(found !== undefined, `${login} is not employed yet`)
    return found
  }

  async function judge(login: StaffLogin, claimId: string, reason: string): Promise<boolean> {
    const wish = { requestId: ids.next('req'), claimId, decision: 'approve', reason } as const
    const judged = await flows.approveClaim(actor(login), wish)
    if (!judged.ok) count(world.tally, judged.error.code)
    return judged.ok
  }

  /** Opened before an instant, oldest first. */
  async function oldReviews(openedBefore: Instant): Promise<Review[]> {
    const open = await openReviews(sql, now(), 500)
    const old = open.filter(({ openedAt }) => openedAt < openedBefore)
    return old.toSorted((a, b) => a.openedAt - b.openedAt)
  }

  async function decide(by: StaffLogin, reviews: readonly Review[]): Promise<number> {
    for (const waiting of reviews) {
      const verdict = verdictOn(waiting, world)
      const wish = { requestId: ids.next('req'), reviewId: waiting.id, ...verdict }
      const decided = await flows.decideReview(actor(by), wish)
      if (!decided.ok) count(world.tally, decided.error.code)
    }
    return reviews.length
  }

  return {
    async employ() {
      const logins = Object.keys(staffMembers) as StaffLogin[]
      await Promise.all(
        logins.map(async (login) => {
          const { roles, ...member } = staffMembers[login]
          const created = await flows.createOperator({ ...member, roles })
          invariant(created.ok, `${login} cannot be employed`)
          actors.set(login, { operatorId: created.value.operatorId, roles })
        }),
      )
    },
    async decideReviews(openedBefore) {
      return decide('ana', await oldReviews(openedBefore))
    },
    async relieve({ mostOpen, openedBefore }) {
      const open = await openReviews(sql, now(), 500)
      const tooMany = open.length - mostOpen
      if (tooMany <= 0) return 0
      return decide('bot', (await oldReviews(openedBefore)).slice(0, tooMany))
    },
    async judgeClaims(restMs) {
      let judged = 0
      for (const { id, state, openedAt, decidedAt, maker } of await claimsForDesk(sql, 50)) {
        if (state === 'investigating' && now() - openedAt >= restMs) {
          const first = await judge('carl', id, 'Recalls and sign-ins fit what the victim says.')
          if (first) judged += 1
        }
        if (state === 'decided' && now() - (decidedAt ?? 0) >= restMs) {
          const other = maker === actor('cleo').operatorId ? 'carl' : 'cleo'
          if (await judge(other, id, 'Read it again: the same conclusion.')) judged += 1
        }
      }
      if (judged > 0) await flows.runDue('claims')
      return judged
    },
    async unfreezeWhole() {
      const claims = await claimsForDesk(sql, 200)
      const waiting = new Set(
        claims.filter(({ closedAt }) => closedAt === null).map(({ customerId }) => customerId),
      )
      const whole = claims.filter(({ closedAt, customerId }) => {
        return closedAt !== null && now() - closedAt < 40 * 24 * hour && !waiting.has(customerId)
      })
      const victims = await findCustomers(sql, [...new Set(whole.map((item) => item.customerId))])
      const frozen = victims.filter(({ frozenBy }) => frozenBy === 'report')
      for (const { id: customerId } of frozen) {
        await flows.unfreezeByOperator(actor('sam'), { requestId: ids.next('req'), customerId })
      }
      return frozen.length
    },
  }
}

type Verdict = { decision: 'release' | 'void'; label: ReviewLabel; reason: string }

const honest = [
  'Called the customer: expected, and the payee is known to him.',
  'Invoice seen; the payee is who he says he is.',
  'Customer confirmed on his number and named the purpose.',
]
const theft = [
  'The customer was told to pay by somebody on the phone.',
  'The customer did not make this payment; his phone has a remote tool.',
  'The payee passes on whatever comes in.',
]

/** The analyst finds out what it was, by asking; what only the world knew is unclear to him. */
function verdictOn(
  { paymentId }: Review,
  { truth, random }: { truth: Truth; random: Random },
): Verdict {
  switch (truth.get(paymentId)) {
    case 'honest':
      return { decision: 'release', label: 'false_alarm', reason: random.pick(honest) }
    case 'theft':
      return { decision: 'void', label: 'confirmed_theft', reason: random.pick(theft) }
    case undefined: {
      const reason = 'Could not reach the customer; money back to be safe.'
      return { decision: 'void', label: 'inconclusive', reason }
    }
  }
}
