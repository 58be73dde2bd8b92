import type { Sql } from '#database'
import { type Clock, fail, ok, type Result } from '#kernel'
import type { Faults } from '../faults.ts'
import type { PassingFailure } from '../passing-failure.ts'
import type {
  Bank,
  BankError,
  BankMovement,
  BankRefusal,
  BankTransfer,
  OwnAccount,
} from './port.ts'
import { type BankSentinel, bankSentinelOf } from './sentinels.ts'
import { createSimulatedAccounts, type CustomerAccount } from './simulated-accounts.ts'
import {
  createSimulatedLedger,
  isOwnAccount,
  type Limits,
  openOwnAccounts,
  type Posting,
} from './simulated-ledger.ts'

export interface BankSimulatorOptions extends Limits {
  readonly sql: Sql
  readonly clock: Clock
  readonly faults: Faults
  /** Fen in an account that is opened by being asked for; null: such accounts are not found. */
  readonly newAccountBalance: bigint | null
}

/** A working bank, and what a scenario may do to its accounts. */
export interface BankSimulator extends Bank {
  /** Opens a customer's account; one that is there stays as it is. */
  openAccount(account: CustomerAccount): Promise<void>
  closeAccount(number: string): Promise<void>
  /** Fen of a customer's account; undefined: no such account. */
  customerBalance(number: string): Promise<bigint | undefined>
  /** Money from elsewhere into an own account, once per reference (the operator's capital). */
  deposit(deposit: {
    reference: string
    account: OwnAccount
    amount: bigint
  }): Promise<Result<BankMovement, BankError>>
  /** A settled payment comes back. Errors: movement_not_found, insufficient_funds. */
  returnPayment(reference: string): Promise<Result<BankMovement, BankError>>
}

const failures: Partial<Record<BankSentinel, PassingFailure>> = {
  rateLimited: 'rate_limited',
  unavailable: 'unavailable',
  timeout: 'timeout',
  malformedAnswer: 'malformed_answer',
}
const refusals: Partial<Record<BankSentinel, BankRefusal>> = {
  refused: 'refused',
  accountNotFound: 'account_not_found',
  accountClosed: 'account_closed',
}

export async function createBankSimulator(options: BankSimulatorOptions): Promise<BankSimulator> {
  const { faults } = options
  await openOwnAccounts(options, options)
  const ledger = createSimulatedLedger(options)
  const accounts = createSimulatedAccounts(options)

  function failureOf(sentinel?: BankSentinel): PassingFailure | undefined {
    return faults.of('bank') ?? (sentinel && failures[sentinel])
  }

  /** Unless the bank is out of order. */
  async function ask<T>(
    work: () => Promise<Result<T, BankError>>,
    sentinel?: BankSentinel,
  ): Promise<Result<T, BankError>> {
    const failure = failureOf(sentinel)
    return failure === undefined ? work() : fail(failure)
  }

  function transfer(kind: 'collect' | 'pay_out', order: BankTransfer) {
    const { reference, accountNumber, amount } = order
    const sentinel = bankSentinelOf(accountNumber)
    const [from, to] = kind === 'collect' ? [accountNumber, 'reserve'] : ['reserve', accountNumber]
    return ask<BankMovement>(async () => {
      if (isOwnAccount(accountNumber)) return fail('account_not_found')
      const posting: Posting = { reference, kind, from, to, amount }
      return sentinel === undefined ? ledger.post(posting) : act(sentinel, posting)
    }, sentinel)
  }

  async function act(
    sentinel: BankSentinel,
    posting: Posting,
  ): Promise<Result<BankMovement, BankError>> {
    const collects = posting.kind === 'collect'
    await accounts.openSentinel(collects ? posting.from : posting.to)
    const isRepeat = (await ledger.find(posting.reference)) !== undefined
    const isEmpty = sentinel === 'insufficientFunds' && collects
    const refusal = isEmpty ? 'insufficient_funds' : refusals[sentinel]
    const answer = await ledger.post({ ...posting, ...(refusal !== undefined && { refusal }) })
    if (isRepeat || !answer.ok) return answer
    if (sentinel === 'answerLost') return fail('timeout')
    if (sentinel === 'returned' && !collects) await ledger.sendBack(posting.reference)
    return answer
  }

  return {
    confirmHolder: (query) =>
      ask(() => accounts.confirmHolder(query), bankSentinelOf(query.accountNumber)),
    collect: (order) => transfer('collect', order),
    payOut: (order) => transfer('pay_out', order),
    move: (order) => ask(() => ledger.post({ ...order, kind: 'move' })),
    find: (reference) => ask(async () => found(await ledger.find(reference), 'movement_not_found')),
    balance: (account) =>
      ask(async () => found(await ledger.balance(account), 'account_not_found')),
    movements: ({ account, after }) => ask(async () => ok(await ledger.after(account, after))),
    openAccount: accounts.open,
    closeAccount: accounts.close,
    customerBalance: accounts.balance,
    deposit: ({ reference, account, amount }) =>
      ledger.post({ reference, kind: 'deposit', from: 'outside', to: account, amount }),
    returnPayment: ledger.sendBack,
  }
}

function found<T>(value: T | undefined, error: BankError): Result<T, BankError> {
  return value === undefined ? fail(error) : ok(value)
}
