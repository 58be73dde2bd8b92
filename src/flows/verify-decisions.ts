import type { Sql } from '#database'
import { exemptFundEntryKinds } from '#fund'
import { exemptGuaranteeEntryKinds } from '#guarantee'
import { entriesOfKinds, entryKinds, repeatedEntries } from '#ledger'
import { exemptReconciliationEntryKinds } from '#reconciliation'
import { unfitDecisions } from '#risk'
import { countMovedMoney, unlikeMoved } from '#wallet'
import type { Check, Found } from './verify-result.ts'

/** Entries that the guard decided about: their reference is what the decision is about. */
const decidedKinds = ['transfer', 'withdrawal', 'fast_redemption', 'redemption'] as const

/** Entries that no decision stands behind, and the rule that exempts each. */
export const exemptEntryKinds: Readonly<Record<string, string>> = {
  ...exemptFundEntryKinds,
  ...exemptGuaranteeEntryKinds,
  ...exemptReconciliationEntryKinds,
  top_up: 'money_in: from an account of the customer’s own, whose holder the bank confirmed',
  withdrawal_settled: 'follows_decision: the bank has paid a withdrawal decided before',
  withdrawal_returned: 'follows_decision: the bank gave back a withdrawal decided before',
  capital: 'own_money: the operator’s, no customer’s',
  fees_swept: 'own_money: fees earned leave the reserve',
}

/** Each page is one pass over all decisions: few and large, yet some tens of megabytes at most. */
const pageSize = 250_000
const most = 20

/**
 * I12: every money movement has exactly one decision, which did not deny it, or names the rule
 * that exempts it; and what payments and withdrawals say of themselves is what was posted, once.
 */
export const decisionCheck: Check = { id: 'I12', find: verifyDecisions }

export async function verifyDecisions(sql: Sql): Promise<Found> {
  const kinds = await entryKinds(sql)
  const unruled = kinds.filter(({ kind }) => !isDecided(kind) && !(kind in exemptEntryKinds))
  const repeated = await repeatedEntries(sql, decidedKinds)
  return {
    checked: kinds.reduce((sum, { count }) => sum + count, 0),
    broken: [
      ...unruled.map(({ kind, count }) => `${count} entries of kind ${kind}: no rule for them`),
      ...repeated.map(({ kind, ref, count }) => `${kind} ${ref} was posted ${count} times`),
      ...(await verifyDecided(sql)),
      ...(await verifyCounts(sql, kinds)),
    ],
  }
}

function isDecided(kind: string): boolean {
  return (decidedKinds as readonly string[]).includes(kind)
}

async function verifyDecided(sql: Sql): Promise<string[]> {
  const broken: string[] = []
  for (let after = -1n; broken.length < most;) {
    const entries = await entriesOfKinds(sql, { kinds: decidedKinds, after, limit: pageSize })
    const last = entries.at(-1)
    if (last === undefined) break
    after = last.number
    const subjects = entries.map(({ ref }) => ref)
    const unfit = new Map((await unfitDecisions(sql, subjects)).map((row) => [row.subject, row]))
    const unlike = new Map(
      (await unlikeMoved(sql, movementsOf(entries))).map(({ id, says }) => [id, says]),
    )
    for (const { number, kind, ref } of unfit.size + unlike.size > 0 ? entries : []) {
      const say = (what: string) => broken.push(`entry ${number}: ${kind} ${ref} ${what}`)
      const decided = unfit.get(ref)
      if (decided?.decisions === 1) say('was denied')
      else if (decided !== undefined) say(`has ${decided.decisions} decisions`)
      if (unlike.get(ref) === 'nothing') say('does not say that its money moved')
      else if (unlike.has(ref)) say('names another entry')
    }
  }
  return broken.slice(0, most)
}

/** Redemptions are the fund's orders: no payment or withdrawal tells of them. */
function movementsOf(entries: readonly { number: bigint; kind: string; ref: string }[]) {
  return entries
    .filter(({ kind }) => kind === 'transfer' || kind === 'withdrawal')
    .map(({ number, kind, ref }) => ({ id: ref, entry: kind === 'transfer' ? number : null }))
}

async function verifyCounts(
  sql: Sql,
  kinds: readonly { kind: string; count: number }[],
): Promise<string[]> {
  const { payments, withdrawals } = await countMovedMoney(sql)
  const posted = (kind: string) => kinds.find((each) => each.kind === kind)?.count ?? 0
  return [
    ...(payments === posted('transfer')
      ? []
      : [`${payments} payments have moved money, ${posted('transfer')} entries`]),
    ...(withdrawals === posted('withdrawal')
      ? []
      : [`${withdrawals} withdrawals have moved money, ${posted('withdrawal')} entries`]),
  ]
}
