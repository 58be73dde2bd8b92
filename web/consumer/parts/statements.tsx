import { Button, NativeSelect } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { when } from '../../shared/format.ts'
import { Money } from '../../shared/money.tsx'
import { useIncomeTotals, useWallet } from '../queries.ts'
import { texts } from '../texts.ts'
import { FormError } from '../forms/form-error.tsx'
import type { Wallet } from '#contract'

const t = texts.statements
const monthsBack = 12

/** What the fund earned in a month and its year, and the month to keep as a file. */
export function Statements() {
  const { data: wallet } = useWallet()
  return wallet === undefined ? null : <MonthStatement wallet={wallet} />
}

function MonthStatement({ wallet }: { wallet: Wallet }) {
  const months = monthsUpTo(wallet.as_of)
  const [chosen, setChosen] = useState<string>()
  const month = chosen ?? months[0] ?? ''
  const totals = useIncomeTotals(month)
  return (
    <section className="card statements" aria-labelledby="statements">
      <h2 id="statements">{t.title}</h2>
      <NativeSelect
        label={t.month}
        size="md"
        value={month}
        onChange={({ currentTarget }) => setChosen(currentTarget.value)}
        data={months.map((value) => ({ value, label: when(`${value}-01`, 'month') }))}
      />
      <FormError error={totals.error} />
      <dl>
        <Figure name={t.ofMonth(when(`${month}-01`, 'month'))} amount={totals.data?.month} />
        <Figure name={t.ofYear(month.slice(0, 4))} amount={totals.data?.yearToDate} />
        <Figure name={t.ever} amount={wallet.income.cumulative} />
      </dl>
      <div className="downloads">
        {(['pdf', 'csv'] as const).map((kind) => (
          <Button
            key={kind}
            component="a"
            href={`/v1/statements/${month}.${kind}`}
            download
            variant="light"
            leftSection={<IconDownload size={18} aria-hidden="true" />}
          >
            {t[kind]}
          </Button>
        ))}
      </div>
    </section>
  )
}

function Figure({ name, amount }: { name: string; amount: string | undefined }) {
  return (
    <div className="figure-line">
      <dt>{name}</dt>
      <dd>{amount === undefined ? '…' : <Money amount={amount} />}</dd>
    </div>
  )
}

/** '2014-07', '2014-06' … the latest first, as months are in China. */
function monthsUpTo(time: string): string[] {
  const china = new Date(Date.parse(time) + 8 * 3_600_000)
  return Array.from({ length: monthsBack }, (_, back) =>
    new Date(Date.UTC(china.getUTCFullYear(), china.getUTCMonth() - back, 1))
      .toISOString()
      .slice(0, 7),
  )
}
