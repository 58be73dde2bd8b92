import { Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState, type SyntheticEvent } from 'react'
import { useAct } from '../queries.ts'
import { texts } from '../texts.ts'
import { Refusal } from './states.tsx'

const t = texts.fund

/** A day's value per unit; a second one for the day corrects the first. */
export function ShadowPriceForm() {
  const [date, setDate] = useState('')
  const [nav, setNav] = useState('')
  const act = useAct('POST /v1/operator/fund/shadow-prices')
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    act.mutate(
      { body: { date, shadow_nav: nav } },
      {
        onSuccess: () => {
          notifications.show({ color: 'green', message: t.recorded(date) })
          setNav('')
        },
      },
    )
  }
  const field = { required: true, withAsterisk: false, size: 'sm' } as const
  return (
    <form className="panel fund-form" aria-label={t.record} onSubmit={submit}>
      <h2>{t.record}</h2>
      <TextInput
        {...field}
        type="date"
        label={t.date}
        value={date}
        onChange={({ currentTarget }) => setDate(currentTarget.value)}
      />
      <TextInput
        {...field}
        label={t.nav}
        description={t.navHint}
        inputMode="decimal"
        pattern="[01]\.\d{1,6}"
        value={nav}
        onChange={({ currentTarget }) => setNav(currentTarget.value)}
      />
      <Refusal error={act.error} />
      <Button type="submit" size="sm" loading={act.isPending}>
        {t.recordAct}
      </Button>
    </form>
  )
}
