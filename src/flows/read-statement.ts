import { fail, ok, type Result } from '#kernel'
import { accountId, statement, type AccountCode, type StatementRow } from '#ledger'
import type { Actor, FlowContext, Problem } from './context.ts'
import { readParties } from './read-parties.ts'

const codes = ['2010', '2020', '2040', '2050', '2070', '2080', 'R201', 'R202', 'R203'] as const

/** Where on a customer's statement an account's postings are shown. */
const places = {
  '2010': 'wallet',
  '2070': 'wallet',
  R201: 'fund',
  R203: 'in_transit',
  '2040': 'in_transit',
  '2050': 'in_transit',
  '2020': 'held',
  '2080': 'held',
  R202: 'held',
} as const satisfies Record<(typeof codes)[number], string>

export interface StatementLine {
  /** Names the posting: `account.seq.entry`. */
  readonly id: string
  readonly row: StatementRow
  readonly place: (typeof places)[(typeof codes)[number]]
  /** The other party's name, where money came from or went to another customer. */
  readonly counterparty: string | null
}

/**
 * Every posting on the customer's accounts, newest first, straight from the ledger.
 * Errors: cursor_unknown.
 */
export function createReadStatement(context: Pick<FlowContext, 'sql'>) {
  return async (
    { customerId }: Pick<Actor, 'customerId'>,
    page: { limit: number; after?: string },
  ): Promise<Result<StatementLine[], Problem>> => {
    const accounts = codes.map((code) => accountId(code, customerId))
    const before = page.after === undefined ? undefined : placeOf(page.after, accounts)
    if (before === null) return fail({ code: 'cursor_unknown', param: 'starting_after' })
    const { limit } = page
    const rows = await statement(context.sql, {
      accounts,
      limit,
      ...(before !== undefined && { before }),
    })
    const others = rows.map((row) => otherOwner(row, customerId)).filter((id) => id !== null)
    const partyOf = await readParties(context, others, { customerId })
    return ok(
      rows.map((row) => {
        const other = otherOwner(row, customerId)
        const code = row.account.slice(0, row.account.indexOf(':')) as (typeof codes)[number]
        return {
          id: `${row.account}.${row.seq}.${row.entry}`,
          row,
          place: places[code],
          counterparty: other === null ? null : partyOf(other).name,
        }
      }),
    )
  }
}

function otherOwner({ counterAccount }: StatementRow, customerId: string): string | null {
  const [code, owner] = (counterAccount ?? '').split(':')
  if (owner === undefined || owner === customerId) return null
  return (['2010', '2070', '2020'] as readonly (AccountCode | undefined)[]).includes(
    code as AccountCode,
  )
    ? owner
    : null
}

function placeOf(cursor: string, accounts: readonly string[]) {
  const match = /^(.+)\.(\d{1,18})\.(\d{1,18})$/.exec(cursor)
  const [, account = '', seq = '0', entry = '0'] = match ?? []
  if (!accounts.includes(account)) return null
  return { account, seq: BigInt(seq), entry: BigInt(entry) }
}
