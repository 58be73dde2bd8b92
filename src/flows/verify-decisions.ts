import type { Sql } from '#database'
import { exemptFundEntryKinds } from '#fund'
import { exemptGuaranteeEntryKinds } from '#guarantee'
import { entriesOfKinds, entryKinds, repeatedEntries } from '#ledger'
import { exemptReconciliationEntryKinds } from '#reconciliation'
import { decidedSubjects } from '#risk'
import { countMovedMoney, movedMoney } from '#wallet'
import { resultOf, type InvariantResult } from './verify-result.ts'

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

const pageSize = 5_000

/**
 * I12: every money movement has exactly one decision, which did not deny it, or names the rule
 * that exempts it; and what payments and withdrawals say of themselves is what was posted, once.
 */
export async function verifyDecisions(sql: Sql): Promise<InvariantResult> {
  const kinds = await entryKinds(sql)
  const unruled = kinds.filter(({ kind }) => !isDecided(kind) && !(kind in exemptEntryKinds))
  const repeated = await repeatedEntries(sql, decidedKinds)
  return resultOf('I12', {
    checked: kinds.reduce((sum, { count }) => sum + count, 0),
    broken: [
      ...unruled.map(({ kind, count }) => `${count} entries of kind ${kind}: no rule for them`),
      ...repeated.map(({ kind, ref, count }) => `${kind} ${ref} was posted ${count} times`),
      ...(await verifyDecided(sql)),
      ...(await verifyCounts(sql, kinds)),
    ],
  })
}

function isDecided(kind: string): boolean {
  return (decidedKinds as readonly string[]).includes(kind)
}

async function verifyDecided(sql: Sql): Promise<string[]> {
  const broken: string[] = []
  for (let after = -1n; ;) {
    const entries = await entriesOfKinds(sql, { kinds: decidedKinds, after, limit: pageSize })
    const last = entries.at(-1)
    if (last === undefined) return broken
    after = last.number
    const refs = entries.map(({ ref }) => ref)
    const decisions = new Map((await decidedSubjects(sql, refs)).map((row) => [row.subject, row]))
    const moved = new Map((await movedMoney(sql, refs)).map((row) => [row.id, row]))
    for (const { number, kind, ref } of entries) {
      const decided = decisions.get(ref)
      const say = (what: string) => broken.push(`entry ${number}: ${kind} ${ref} ${what}`)
      if (decided?.decisions !== 1) say(`has ${decided?.decisions ?? 0} decisions`)
      else if (decided.notDenied === 0) say('was denied')
      if (kind === 'redemption' || kind === 'fast_redemption') continue
      const money = moved.get(ref)
      if (money === undefined) say('does not say that its money moved')
      else if (kind === 'transfer' && money.entry !== number) say('names another entry')
    }
  }
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
