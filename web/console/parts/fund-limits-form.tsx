import { Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState, type SyntheticEvent } from 'react'
import { useAct } from '../queries.ts'
import { texts } from '../texts.ts'
import { Refusal } from './states.tsx'
import type { OperatorFund } from '#contract'

const t = texts.fund

/** Both are set at once, as they stand in the form. */
export function FundLimitsForm({ fund }: { fund: OperatorFund }) {
  const [quota, setQuota] = useState(fund.daily_quota ?? '')
  const [gate, setGate] = useState(fund.gate_percent ?? '')
  const act = useAct('POST /v1/operator/fund/limits')
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const body = {
      daily_quota: quota.trim() === '' ? null : quota.trim(),
      gate_percent: gate.trim() === '' ? null : gate.trim(),
    }
    act.mutate(
      { body },
      { onSuccess: () => notifications.show({ color: 'green', message: t.limitsSet }) },
    )
  }
  return (
    <form className="panel fund-form" aria-label={t.limits} onSubmit={submit}>
      <h2>{t.limits}</h2>
      <TextInput
        size="sm"
        label={t.quotaField}
        inputMode="decimal"
        value={quota}
        onChange={({ currentTarget }) => setQuota(currentTarget.value)}
      />
      <TextInput
        size="sm"
        label={t.gateField}
        description={t.limitsHint}
        inputMode="decimal"
        value={gate}
        onChange={({ currentTarget }) => setGate(currentTarget.value)}
      />
      <Refusal error={act.error} />
      <Button type="submit" size="sm" loading={act.isPending}>
        {t.limitsAct}
      </Button>
    </form>
  )
}
