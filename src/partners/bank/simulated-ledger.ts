import type { Sql, Tx } from '#database'
import { type Clock, fail, type Instant, invariant, ok, required, type Result } from '#kernel'
import {
  type BankError,
  type BankMovement,
  type BankRefusal,
  type MovementKind,
  type OwnAccount,
  ownAccounts,
} from './port.ts'

export interface Posting {
  readonly reference: string
  readonly kind: MovementKind
  readonly from: string
  readonly to: string
  readonly amount: bigint
  /** Refuse it, and remember that. */
  readonly refusal?: BankRefusal
}

/** The bank's own books: every movement is one statement and leaves their sum at zero. */
export interface SimulatedLedger {
  /** Errors: every BankRefusal but movement_not_found. */
  post(posting: Posting): Promise<Result<BankMovement, BankError>>
  find(reference: string): Promise<BankMovement | undefined>
  balance(account: string): Promise<bigint | undefined>
  after(account: string, sequence: bigint): Promise<readonly BankMovement[]>
  /** Sends a settled payment back. Errors: movement_not_found, insufficient_funds. */
  sendBack(reference: string): Promise<Result<BankMovement, BankError>>
}

interface MovementRow {
  readonly sequence: bigint
  readonly reference: string
  readonly kind: MovementKind
  readonly from_account: string
  readonly to_account: string
  readonly amount: bigint
  readonly status: BankMovement['status']
  readonly refusal: BankRefusal | null
  readonly at: Instant
}

/** The accounts that may go below zero, and how far. */
export interface Limits {
  /** Fen. */
  readonly facilityLimit: bigint
  /** Fen that the insurer has at the beginning. */
  readonly insurerFunds: bigint
}

/** Opens the product's accounts where they are missing. */
export async function openOwnAccounts(
  { sql, clock }: { sql: Sql; clock: Clock },
  { facilityLimit, insurerFunds }: Limits,
): Promise<void> {
  const lowest = ownAccounts.map((name) => {
    if (name === 'market' || name === 'outside') return null
    return name === 'facility' ? -facilityLimit : 0n
  })
  await sql`
    insert into partners.bank_account (number, is_own, holder, lowest, opened_at)
    select own.name, true, own.name, own.lowest, ${sql.typed.instant(clock.now())}
    from unnest(${[...ownAccounts]}::text[], ${lowest.map(textOf)}::int8[]) as own (name, lowest)
    on conflict (number) do nothing`
  if (insurerFunds === 0n) return
  const ledger = createSimulatedLedger({ sql, clock })
  const funds = { reference: 'opening:insurer', kind: 'opening' as const, amount: insurerFunds }
  await ledger.post({ ...funds, from: 'outside', to: 'insurer' })
}

function textOf(value: bigint | null): string | null {
  return value === null ? null : value.toString()
}

export function createSimulatedLedger(options: {
  readonly sql: Sql
  readonly clock: Clock
}): SimulatedLedger {
  const { sql, clock } = options

  async function post(posting: Posting, tx: Sql | Tx = sql) {
    const { reference, kind, from, to, amount } = posting
    if (amount <= 0n || from === to) return fail<BankError>('amount_invalid')
    const [row] = await tx<MovementRow[]>`
      select * from partners.bank_post(${reference}, ${kind}, ${from}, ${to}, ${amount},
        ${sql.typed.instant(clock.now())}, ${posting.refusal ?? null})`
    const movement = movementOf(required(row, 'answer of partners.bank_post'))
    const asBefore =
      movement.kind === kind &&
      movement.from === from &&
      movement.to === to &&
      movement.amount === amount
    if (!asBefore) return fail<BankError>('reference_reused')
    return movement.refusal === null ? ok(movement) : fail<BankError>(movement.refusal)
  }

  async function find(reference: string): Promise<BankMovement | undefined> {
    const [row] = await sql<MovementRow[]>`
      select * from partners.bank_movement where reference = ${reference}`
    return row && movementOf(row)
  }

  return {
    post: (posting) => post(posting),
    find,
    async balance(account) {
      const [row] = await sql<{ balance: bigint }[]>`
        select balance from partners.bank_account where number = ${account} and is_own`
      return row?.balance
    },
    async after(account, sequence) {
      const rows = await sql<MovementRow[]>`
        select * from (
          select * from partners.bank_movement
          where from_account = ${account} and sequence > ${sequence}
          union all
          select * from partners.bank_movement
          where to_account = ${account} and sequence > ${sequence}
        ) as moved
        where status <> 'refused' order by sequence limit 500`
      return rows.map(movementOf)
    },
    async sendBack(reference) {
      const before = await find(reference)
      if (before?.kind !== 'pay_out' || before.status === 'refused') {
        return fail('movement_not_found')
      }
      const { from, to, amount } = before
      return sql.begin(async (tx) => {
        const back = { reference: `${reference}/return`, kind: 'return' as const, amount }
        const answer = await post({ ...back, from: to, to: from }, tx)
        if (!answer.ok) return answer
        const marked = await tx`
          update partners.bank_movement set status = 'returned' where reference = ${reference}`
        invariant(marked.count === 1, `movement ${reference} is there`)
        return answer
      })
    },
  }
}

function movementOf(row: MovementRow): BankMovement {
  const { from_account, to_account, ...same } = row
  return { ...same, from: from_account, to: to_account }
}

export function isOwnAccount(name: string): name is OwnAccount {
  return (ownAccounts as readonly string[]).includes(name)
}
