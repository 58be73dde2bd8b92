import { Button, Tabs } from '@mantine/core'
import { money, when } from '../../shared/format.ts'
import { Money } from '../../shared/money.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { PaymentRow } from '../parts/payment-row.tsx'
import { Empty, RowsLoading, Trouble } from '../parts/states.tsx'
import { usePaymentPages, useStatementPages } from '../queries.ts'
import { texts } from '../texts.ts'
import type { StatementLine } from '#contract'

const t = texts.activity

/** Payments, and every movement of every account. */
export function ActivityPage() {
  return (
    <div className="narrow">
      <PageHead title={t.title} />
      <Tabs defaultValue="payments" keepMounted={false} className="card tabs">
        <Tabs.List grow>
          <Tabs.Tab value="payments">{t.payments}</Tabs.Tab>
          <Tabs.Tab value="statement">{t.statement}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="payments">
          <PaymentList />
        </Tabs.Panel>
        <Tabs.Panel value="statement">
          <StatementList />
        </Tabs.Panel>
      </Tabs>
    </div>
  )
}

function PaymentList() {
  const pages = usePaymentPages()
  const payments = pages.data?.pages.flatMap(({ data }) => data)
  if (payments === undefined) {
    if (pages.error === null) return <RowsLoading rows={8} />
    return <Trouble error={pages.error} again={() => void pages.refetch()} />
  }
  return (
    <>
      {payments.length === 0 && <Empty text={t.empty} />}
      {payments.map((payment) => (
        <PaymentRow key={payment.id} payment={payment} />
      ))}
      <More pages={pages} />
    </>
  )
}

function StatementList() {
  const pages = useStatementPages()
  const lines = pages.data?.pages.flatMap(({ data }) => data)
  if (lines === undefined) {
    if (pages.error === null) return <RowsLoading rows={8} />
    return <Trouble error={pages.error} again={() => void pages.refetch()} />
  }
  return (
    <>
      {lines.length === 0 && <Empty text={t.empty} />}
      {lines.map((line) => (
        <Line key={line.id} line={line} />
      ))}
      <More pages={pages} />
    </>
  )
}

function Line({ line }: { line: StatementLine }) {
  return (
    <div className="row">
      <span className={`line-account is-${line.account}`}>{t.accounts[line.account]}</span>
      <span className="row-main">
        <span className="row-title is-whole-line">{line.title}</span>
        <span className="row-sub">
          {when(line.at, 'moment')}
          {line.counterparty !== null && ` · ${line.counterparty}`}
        </span>
      </span>
      <span className="row-end">
        <span className={line.amount.startsWith('-') ? '' : 'is-in'}>
          <Money amount={line.amount} plus />
        </span>
        <span className="row-sub num">
          {t.balance} {money(line.balance)}
        </span>
      </span>
    </div>
  )
}

interface Pages {
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => unknown
}

function More({ pages }: { pages: Pages }) {
  if (!pages.hasNextPage) return null
  return (
    <Button
      variant="subtle"
      fullWidth
      loading={pages.isFetchingNextPage}
      onClick={() => void pages.fetchNextPage()}
    >
      {texts.more}
    </Button>
  )
}
