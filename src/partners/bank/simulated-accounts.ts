import type { Sql } from '#database'
import { type Clock, fail, ok, type Result } from '#kernel'
import type { BankError } from './port.ts'
import { bankSentinelOf } from './sentinels.ts'
import { isOwnAccount } from './simulated-ledger.ts'

/** Fen in every sentinel account. */
const sentinelBalance = 100_000_000n

export interface CustomerAccount {
  readonly number: string
  readonly holder: string
  /** Fen at opening. */
  readonly balance: bigint
}

/** The customers' accounts at the bank. */
export interface SimulatedAccounts {
  open(account: CustomerAccount): Promise<void>
  openSentinel(number: string): Promise<void>
  close(number: string): Promise<void>
  balance(number: string): Promise<bigint | undefined>
  confirmHolder(query: {
    accountNumber: string
    name: string
  }): Promise<Result<'match' | 'mismatch', BankError>>
}

export function createSimulatedAccounts(options: {
  readonly sql: Sql
  readonly clock: Clock
  /** Fen in an account that is opened by being asked for; null: such accounts are not found. */
  readonly newAccountBalance: bigint | null
}): SimulatedAccounts {
  const { sql, clock, newAccountBalance } = options

  async function open({ number, holder, balance }: CustomerAccount): Promise<void> {
    await sql`
      select partners.bank_open(${number}, ${holder}, ${balance},
        ${sql.typed.instant(clock.now())})`
  }

  return {
    open,
    openSentinel: (number) => open({ number, holder: 'sentinel', balance: sentinelBalance }),
    async close(number) {
      await sql`
        update partners.bank_account set closed = true where number = ${number} and not is_own`
    },
    async balance(number) {
      const [row] = await sql<{ balance: bigint }[]>`
        select balance from partners.bank_account where number = ${number} and not is_own`
      return row?.balance
    },
    async confirmHolder({ accountNumber, name }) {
      const sentinel = bankSentinelOf(accountNumber)
      if (sentinel === 'accountNotFound') return fail('account_not_found')
      if (sentinel === 'accountClosed') return fail('account_closed')
      if (sentinel !== undefined) return ok(sentinel === 'nameMismatch' ? 'mismatch' : 'match')
      const [account] = await sql<{ holder: string; closed: boolean }[]>`
        select holder, closed from partners.bank_account
        where number = ${accountNumber} and not is_own`
      if (account?.closed === true) return fail('account_closed')
      if (account !== undefined) return ok(isSameName(account.holder, name) ? 'match' : 'mismatch')
      if (newAccountBalance === null || isOwnAccount(accountNumber)) {
        return fail('account_not_found')
      }
      await open({ number: accountNumber, holder: name, balance: newAccountBalance })
      return ok('match')
    },
  }
}

/** Compared as the bank here does it: without regard to case and spaces. */
function isSameName(holder: string, name: string): boolean {
  const plain = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
  return plain(holder) === plain(name)
}
