import { SegmentedControl, Skeleton } from '@mantine/core'
import {
  IconBuildingBank,
  IconCoins,
  IconSend,
  IconShieldCheck,
  IconWallet,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { isZero, lengthOf, money, when } from '../../shared/format.ts'
import { Money } from '../../shared/money.tsx'
import { PaymentRow } from '../parts/payment-row.tsx'
import { Empty, RowsLoading, Trouble } from '../parts/states.tsx'
import { YieldLine } from '../parts/yield-line.tsx'
import { useMe, usePayments, useWallet } from '../queries.ts'
import { texts } from '../texts.ts'
import type { Wallet } from '#contract'

const t = texts.home

/** The balance, what it earns, where it is, and what happened lately. */
export function HomePage() {
  const wallet = useWallet()
  const me = useMe()
  if (wallet.data === undefined) {
    if (wallet.error === null) return <HomeLoading />
    return <Trouble error={wallet.error} again={() => void wallet.refetch()} />
  }
  return (
    <div className="home">
      <h1 className="visually-hidden">{t.hello(me.data?.customer.name ?? '')}</h1>
      <Hero wallet={wallet.data} />
      <Actions />
      <YieldCard wallet={wallet.data} />
      <Places wallet={wallet.data} />
      <Cover wallet={wallet.data} />
      <Recent />
    </div>
  )
}

function Hero({ wallet }: { wallet: Wallet }) {
  const { yesterday, yesterday_date: day, cumulative } = wallet.income
  return (
    <section className="hero" aria-label={t.total}>
      <p className="hero-label">
        {t.total}
        {wallet.guarantee.covered && (
          <span className="hero-badge">
            <IconShieldCheck size={15} aria-hidden="true" /> {t.coverTitle}
          </span>
        )}
      </p>
      <p className="hero-total" data-testid="total">
        <Money amount={wallet.total} />
      </p>
      <dl className="hero-income">
        <div>
          <dt>{t.yesterday}</dt>
          <dd className="is-income">
            {day === null ? (
              <span className="hero-wait">{t.firstIncome}</span>
            ) : (
              <>
                <Money amount={yesterday} plus />{' '}
                <span className="hero-day">{when(day, 'day')}</span>
              </>
            )}
          </dd>
        </div>
        <div>
          <dt>{t.cumulative}</dt>
          <dd>
            <Money amount={cumulative} />
          </dd>
        </div>
      </dl>
    </section>
  )
}

function Actions() {
  return (
    <nav className="actions" aria-label={texts.nav.pay}>
      <Link to="/pay" className="action is-first">
        <IconSend size={24} stroke={1.7} aria-hidden="true" />
        {t.actions.pay}
      </Link>
      <Link to="/fund" search={{ way: 'in' }} className="action">
        <IconCoins size={24} stroke={1.7} aria-hidden="true" />
        {t.actions.in}
      </Link>
      <Link to="/fund" search={{ way: 'out' }} className="action">
        <IconWallet size={24} stroke={1.7} aria-hidden="true" />
        {t.actions.out}
      </Link>
      <Link to="/bank" className="action">
        <IconBuildingBank size={24} stroke={1.7} aria-hidden="true" />
        {t.actions.bank}
      </Link>
    </nav>
  )
}

function YieldCard({ wallet }: { wallet: Wallet }) {
  const [of, setOf] = useState<'seven_day_yield' | 'per_10k'>('seven_day_yield')
  const last = wallet.yields.at(-1)
  return (
    <section className="card yield">
      <div className="yield-head">
        <div>
          <h2>{of === 'per_10k' ? t.per10k : t.yieldTitle}</h2>
          <p className="yield-figure num">
            {of === 'per_10k' ? (last?.per_10k ?? '–') : (last?.seven_day_yield ?? '–')}
            {of === 'seven_day_yield' && typeof last?.seven_day_yield === 'string' && (
              <small>%</small>
            )}
          </p>
          {last !== undefined && <p className="yield-date">{t.perDay(when(last.date, 'date'))}</p>}
        </div>
        <SegmentedControl
          size="xs"
          radius="xl"
          aria-label={t.yieldTitle}
          value={of}
          onChange={setOf}
          data={[
            { value: 'seven_day_yield', label: '7 days' },
            { value: 'per_10k', label: 'per 10,000' },
          ]}
        />
      </div>
      {wallet.yields.every((each) => each[of] === null) ? (
        <Empty text={t.noYield} />
      ) : (
        <YieldLine days={wallet.yields} of={of} />
      )}
      <NextDates wallet={wallet} />
    </section>
  )
}

function NextDates({ wallet }: { wallet: Wallet }) {
  const { next } = wallet
  return (
    <div className="next">
      <h3>{t.nextTitle}</h3>
      <dl>
        <div>
          <dt>{t.next.cutOff}</dt>
          <dd>{when(next.dealing_day, 'weekday')}</dd>
        </div>
        <div>
          <dt>{t.next.earns}</dt>
          <dd>{when(next.earns_from, 'weekday')}</dd>
        </div>
        <div>
          <dt>{t.next.shown}</dt>
          <dd>{when(next.income_shown_on, 'weekday')}</dd>
        </div>
      </dl>
    </div>
  )
}

function Places({ wallet }: { wallet: Wallet }) {
  const places = placesOf(wallet)
  const whole = places.reduce((sum, { size }) => sum + size, 0)
  return (
    <section className="card places">
      <h2>{t.whereTitle}</h2>
      <div className="places-bar" aria-hidden="true">
        {places.map(({ key, size }) => (
          <span key={key} className={`is-${key}`} style={{ flexGrow: whole === 0 ? 0 : size }} />
        ))}
      </div>
      <dl>
        {places.map(({ key, amounts }) => (
          <div key={key} className="place">
            <dt>
              <span className={`dot is-${key}`} aria-hidden="true" />
              {t.places[key]}
            </dt>
            <dd>
              {amounts.map((amount, index) => (
                <span key={index} className="place-amount">
                  <Money amount={amount} />
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Amounts are shown one by one and never added here: adding is the ledger's work. */
function placesOf({ wallet, fund, in_transit: transit }: Wallet) {
  const some = (...amounts: string[]) => amounts.filter((amount) => !isZero(amount))
  const lists = [
    { key: 'fund' as const, amounts: [fund.available], always: true },
    { key: 'wallet' as const, amounts: [wallet.available], always: true },
    {
      key: 'transit' as const,
      amounts: some(
        fund.redeeming,
        transit.subscriptions,
        transit.redemptions,
        transit.withdrawals,
      ),
      always: false,
    },
    { key: 'held' as const, amounts: some(wallet.held, fund.held), always: false },
  ]
  return lists
    .filter(({ amounts, always }) => always || amounts.length > 0)
    .map(({ key, amounts }) => {
      return { key, amounts, size: amounts.reduce((sum, amount) => sum + lengthOf(amount), 0) }
    })
}

function Cover({ wallet }: { wallet: Wallet }) {
  const { covered, insurer, per_event_limit: limit } = wallet.guarantee
  return (
    <section className={`card cover ${covered ? '' : 'is-none'}`}>
      <IconShieldCheck size={34} stroke={1.5} aria-hidden="true" />
      <div>
        <h2>{t.coverTitle}</h2>
        <p>{covered ? t.coverText(insurer ?? '') : t.coverNone}</p>
        {covered && limit !== null && <p className="cover-limit num">{money(limit)}</p>}
      </div>
    </section>
  )
}

function Recent() {
  const { data, error, refetch } = usePayments(6)
  return (
    <section className="card recent">
      <div className="card-head">
        <h2>{t.recent}</h2>
        <Link to="/activity">{t.all}</Link>
      </div>
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <RowsLoading />}
      {data?.data.length === 0 && <Empty text={t.noPayments} />}
      {data?.data.map((payment) => (
        <PaymentRow key={payment.id} payment={payment} />
      ))}
    </section>
  )
}

function HomeLoading() {
  return (
    <div className="home" aria-busy="true" aria-live="polite">
      <section className="hero">
        <Skeleton height={14} width={120} opacity={0.25} mb={20} />
        <Skeleton height={48} width="70%" opacity={0.25} mb={28} />
        <Skeleton height={30} width="55%" opacity={0.25} />
      </section>
      <section className="card yield">
        <Skeleton height={200} />
      </section>
      <section className="card recent">
        <RowsLoading />
      </section>
    </div>
  )
}
