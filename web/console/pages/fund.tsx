import { IconAlertTriangle } from '@tabler/icons-react'
import { lengthOf, when } from '../../shared/format.ts'
import { Money } from '../../shared/money.tsx'
import { FundLimitsForm } from '../parts/fund-limits-form.tsx'
import { ShadowPriceForm } from '../parts/shadow-price-form.tsx'
import { Waiting } from '../parts/states.tsx'
import { useFund, useMay } from '../queries.ts'
import { texts } from '../texts.ts'
import type { OperatorFund } from '#contract'

const t = texts.fund

/** The fund as its operator sees it, and what he sets. */
export function FundPage() {
  const { data, error, refetch } = useFund()
  const may = useMay()
  if (data === undefined) return <Waiting error={error} again={() => void refetch()} />
  return (
    <div className="page">
      <header className="desk-head">
        <h1>{t.title}</h1>
        <span className={`chip ${data.subscriptions === 'open' ? 'is-allow' : 'is-deny'}`}>
          {t[data.subscriptions]}
        </span>
      </header>
      {data.suspended_since !== null && (
        <section className="loud" role="alert">
          <IconAlertTriangle size={30} stroke={1.7} aria-hidden="true" />
          <div>
            <strong>{t.suspended}</strong>
            <p>{t.suspendedText(when(data.suspended_since, 'moment'))}</p>
          </div>
        </section>
      )}
      <div className="cards is-two">
        <Quota fund={data} />
        <section className="panel feed" aria-label={t.gate}>
          <h2>{t.gate}</h2>
          <p className="feed-figure num">
            {data.gate_percent === null ? t.noGate : `${data.gate_percent} %`}
          </p>
          <p className="panel-hint">{t.gateHint}</p>
        </section>
        {may('setFundLimits') && (
          <FundLimitsForm key={`${data.daily_quota} ${data.gate_percent}`} fund={data} />
        )}
        {may('recordShadowPrice') && <ShadowPriceForm />}
      </div>
      <Prices prices={data.shadow_prices} />
    </div>
  )
}

function Quota({ fund }: { fund: OperatorFund }) {
  const { daily_quota: quota, quota_used_today: used } = fund
  const share = quota === null ? 0 : Math.min(1, lengthOf(used) / Math.max(1, lengthOf(quota)))
  return (
    <section className="panel feed" aria-label={t.quota}>
      <h2>{t.quota}</h2>
      <p className="feed-figure">{quota === null ? t.noQuota : <Money amount={quota} />}</p>
      {quota !== null && (
        <div className="feed-bar" aria-hidden="true">
          <span style={{ width: `${share * 100}%` }} />
        </div>
      )}
      <p className="panel-hint num">{t.used(`¥${used}`)}</p>
    </section>
  )
}

/** Day by day, those that alert marked. */
function Prices({ prices }: { prices: OperatorFund['shadow_prices'] }) {
  const looks = { none: '', watch: 'is-challenge', limit: 'is-deny' }
  return (
    <section className="panel" aria-label={t.prices}>
      <h2>{t.prices}</h2>
      <p className="panel-hint">{t.pricesHint}</p>
      {prices.length === 0 ? (
        <p className="list-empty">{t.noPrices}</p>
      ) : (
        <div className="table-scroll">
          <table className="table">
            <caption className="visually-hidden">{t.prices}</caption>
            <thead>
              <tr>
                <th scope="col">{t.date}</th>
                <th scope="col" className="is-number">
                  {t.deviation}
                </th>
                <th scope="col">{t.alert}</th>
              </tr>
            </thead>
            <tbody>
              {prices.map(({ date, deviation, alert }) => (
                <tr key={date}>
                  <th scope="row" className="num">
                    {when(date, 'weekday')}
                  </th>
                  <td className="num is-number">{deviation} %</td>
                  <td>
                    <span className={`chip ${looks[alert]}`}>{t.alerts[alert]}</span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
