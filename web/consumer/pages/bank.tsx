import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { freshKey } from '../../shared/api.ts'
import { money, when } from '../../shared/format.ts'
import { AmountField } from '../forms/amount-field.tsx'
import { FormError } from '../forms/form-error.tsx'
import { Done } from '../parts/done.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Reasons } from '../parts/reasons.tsx'
import { RowsLoading, Trouble } from '../parts/states.tsx'
import { toAmount } from '../phone.ts'
import { useAct, useBankAccounts, useWallet } from '../queries.ts'
import { texts } from '../texts.ts'
import type { BankAccount, TopUp, Withdrawal } from '#contract'

const t = texts.bank
type Way = 'in' | 'out'

/** Between the wallet and the customer's own bank account. */
export function BankPage() {
  const [way, setWay] = useState<Way>('in')
  const [isLinking, setLinking] = useState(false)
  const { data, error, refetch } = useBankAccounts()
  const accounts = data?.data
  return (
    <div className="narrow">
      <PageHead title={t.title} />
      <SegmentedControl
        fullWidth
        size="md"
        radius="xl"
        value={way}
        onChange={setWay}
        data={[
          { value: 'in', label: t.in },
          { value: 'out', label: t.out },
        ]}
      />
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {accounts === undefined && error === null && <RowsLoading rows={2} />}
      {accounts !== undefined && accounts.length > 0 && (
        <MoveForm key={way} way={way} accounts={accounts} />
      )}
      {accounts !== undefined &&
        (accounts.length === 0 || isLinking ? (
          <LinkForm />
        ) : (
          <Button variant="subtle" onClick={() => setLinking(true)}>
            {t.link}
          </Button>
        ))}
    </div>
  )
}

function MoveForm({ way, accounts }: { way: Way; accounts: readonly BankAccount[] }) {
  const [amount, setAmount] = useState('')
  const [accountId, setAccountId] = useState(accounts[0]?.id ?? '')
  const [key, setKey] = useState(freshKey)
  const wallet = useWallet()
  const topUp = useAct('POST /v1/top-ups')
  const withdraw = useAct('POST /v1/withdrawals')
  const sum = toAmount(amount)
  const account = accounts.find(({ id }) => id === accountId)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (sum === undefined) return
    const input = { body: { bank_account_id: accountId, amount: sum }, idempotencyKey: key }
    const options = { onError: () => setKey(freshKey()) }
    if (way === 'in') topUp.mutate(input, options)
    else withdraw.mutate(input, options)
  }
  if (topUp.data !== undefined) return <TopUpDone topUp={topUp.data} />
  if (withdraw.data !== undefined) return <WithdrawalDone withdrawal={withdraw.data} />
  const free = wallet.data?.wallet.available
  return (
    <form onSubmit={submit} className="card form-card">
      <NativeSelect
        label={t.account}
        size="md"
        value={accountId}
        onChange={({ currentTarget }) => setAccountId(currentTarget.value)}
        data={accounts.map((each) => ({
          value: each.id,
          label: `${each.bank_name} ${each.number_masked}`,
        }))}
        description={
          way === 'out' && account !== undefined
            ? t.usableFrom(when(account.usable_from, 'moment'))
            : undefined
        }
      />
      <AmountField
        label={texts.fund.amount}
        value={amount}
        onChange={setAmount}
        hint={way === 'out' && free !== undefined ? texts.fund.inWallet(money(free)) : undefined}
      />
      <FormError error={topUp.error ?? withdraw.error} />
      <Button
        type="submit"
        size="lg"
        disabled={sum === undefined}
        loading={topUp.isPending || withdraw.isPending}
      >
        {sum === undefined ? t[way] : (way === 'in' ? t.topUp : t.withdraw)(money(sum))}
      </Button>
    </form>
  )
}

function TopUpDone({ topUp }: { topUp: TopUp }) {
  const sum = money(topUp.amount)
  if (topUp.state === 'failed') return <Done kind="stopped" title={t.failedIn} />
  return <Done kind="done" title={(topUp.state === 'settled' ? t.doneIn : t.pendingIn)(sum)} />
}

function WithdrawalDone({ withdrawal }: { withdrawal: Withdrawal }) {
  const { state, reasons } = withdrawal
  if (state === 'denied' || state === 'returned') {
    return <Done kind="stopped" title={t.stopped} reasons={reasons} />
  }
  if (state === 'held' || state === 'challenged') {
    return <Done kind="waiting" title={t.waiting} reasons={reasons} />
  }
  return <Done kind="done" title={t.doneOut(money(withdrawal.amount))} />
}

function LinkForm() {
  const [number, setNumber] = useState('')
  const link = useAct('POST /v1/bank-accounts')
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    link.mutate({ body: { account_number: number.replace(/\s/g, '') } })
  }
  return (
    <form onSubmit={submit} className="card form-card">
      <h2>{t.link}</h2>
      <p className="field-hint">{t.none}</p>
      <TextInput
        label={t.number}
        description={t.linkHint}
        name="account_number"
        inputMode="numeric"
        size="md"
        required
        withAsterisk={false}
        value={number}
        onChange={({ currentTarget }) => setNumber(currentTarget.value)}
      />
      {link.data !== undefined && link.data.account === null && (
        <Reasons title={t.notLinked} reasons={link.data.reasons} />
      )}
      <FormError error={link.error} />
      <Button type="submit" size="md" loading={link.isPending}>
        {t.link}
      </Button>
    </form>
  )
}
