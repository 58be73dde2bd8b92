import { Button, PasswordInput } from '@mantine/core'
import {
  IconAlertOctagon,
  IconChevronRight,
  IconDeviceMobile,
  IconSnowflake,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState, type SyntheticEvent } from 'react'
import { when } from '../../shared/format.ts'
import { FormError } from '../forms/form-error.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Passkeys } from '../parts/passkeys.tsx'
import { SecondFactors } from '../parts/second-factors.tsx'
import { Sessions } from '../parts/sessions.tsx'
import { Empty, RowsLoading } from '../parts/states.tsx'
import { useAct, useDevices, useMe, useNotices } from '../queries.ts'
import { texts } from '../texts.ts'
import type { Device } from '#contract'

const t = texts.safety

/** Freeze, report, devices, and what we told the customer. */
export function SafetyPage() {
  const { data: me } = useMe()
  return (
    <div className="narrow">
      <PageHead title={t.title} />
      {me?.customer.status === 'frozen' ? <UnfreezeCard /> : <FreezeCard />}
      <RobbedCard reportId={me?.open_report_id ?? null} />
      {me !== undefined && me.cool_off_until !== null && (
        <p className="card note-card">{t.coolOff(when(me.cool_off_until, 'moment'))}</p>
      )}
      <Devices />
      <Sessions />
      <Passkeys />
      <SecondFactors />
      <Notices />
    </div>
  )
}

function FreezeCard() {
  const freeze = useAct('POST /v1/freeze')
  return (
    <section className="card freeze">
      <IconSnowflake size={40} stroke={1.3} aria-hidden="true" />
      <h2>{t.freezeTitle}</h2>
      <p>{t.freezeText}</p>
      <FormError error={freeze.error} />
      <Button
        size="lg"
        color="dark"
        fullWidth
        loading={freeze.isPending}
        onClick={() => freeze.mutate({ body: {} })}
      >
        {t.freeze}
      </Button>
    </section>
  )
}

function UnfreezeCard() {
  const [password, setPassword] = useState('')
  const unfreeze = useAct('POST /v1/unfreeze')
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    unfreeze.mutate({ body: { password } })
  }
  return (
    <form className="card form-card" onSubmit={submit}>
      <h2>{t.unfreeze}</h2>
      <PasswordInput
        label={texts.auth.password}
        description={t.unfreezeHint}
        autoComplete="current-password"
        size="md"
        required
        withAsterisk={false}
        value={password}
        onChange={({ currentTarget }) => setPassword(currentTarget.value)}
      />
      <FormError error={unfreeze.error} />
      <Button type="submit" size="md" variant="light" loading={unfreeze.isPending}>
        {t.unfreeze}
      </Button>
    </form>
  )
}

function RobbedCard({ reportId }: { reportId: string | null }) {
  const words = (
    <>
      <IconAlertOctagon size={30} stroke={1.5} aria-hidden="true" />
      <span className="row-main">
        <span className="row-title">{reportId === null ? t.robbed : t.openReport}</span>
        <span className="row-sub">{reportId === null ? t.robbedTitle : t.robbedText}</span>
      </span>
      <IconChevronRight size={20} aria-hidden="true" />
    </>
  )
  return reportId === null ? (
    <Link to="/robbed" className="card robbed-link">
      {words}
    </Link>
  ) : (
    <Link to="/reports/$id" params={{ id: reportId }} className="card robbed-link">
      {words}
    </Link>
  )
}

function Devices() {
  const { data } = useDevices()
  return (
    <section className="card">
      <h2>{t.devices}</h2>
      {data === undefined && <RowsLoading rows={2} />}
      {data?.data.map((device) => (
        <div className="row" key={device.id}>
          <IconDeviceMobile size={26} stroke={1.4} aria-hidden="true" />
          <span className="row-main">
            <span className="row-title">
              {device.name}
              {device.current && <span className="chip">{t.current}</span>}
            </span>
            <span className="row-sub">{t.added(when(device.added_at, 'date'))}</span>
          </span>
          <span className={`chip ${device.trusted ? 'chip-posted' : 'chip-held'}`}>
            {trustOf(device)}
          </span>
        </div>
      ))}
    </section>
  )
}

function trustOf(device: Device): string {
  if (device.trusted) return t.trusted
  const from = device.trusted_from
  return from === null ? t.notTrusted : t.trustedFrom(when(from, 'moment'))
}

function Notices() {
  const { data } = useNotices(10)
  return (
    <section className="card">
      <h2>{t.notices}</h2>
      {data === undefined && <RowsLoading rows={2} />}
      {data?.data.length === 0 && <Empty text={t.noNotices} />}
      {data?.data.map(({ id, at, severity, title, text }) => (
        <div className={`notice is-${severity}`} key={id}>
          <p className="notice-title">
            {title} <time dateTime={at}>{when(at, 'moment')}</time>
          </p>
          <p>{text}</p>
        </div>
      ))}
    </section>
  )
}
