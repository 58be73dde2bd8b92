import { Button, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { money } from '../../shared/format.ts'
import { FormError } from '../forms/form-error.tsx'
import { useAct, useStandingOrder } from '../queries.ts'
import { texts } from '../texts.ts'
import type { StandingOrder as Standing } from '#contract'

const t = texts.standing

/** What the wallet keeps; everything above it goes into the fund every day. */
export function StandingOrder() {
  const { data } = useStandingOrder()
  return data === undefined ? null : <StandingOrderForm order={data} />
}

function StandingOrderForm({ order }: { order: Standing }) {
  const [typed, setTyped] = useState('')
  const set = useAct('POST /v1/fund/standing-order')
  const clear = useAct('POST /v1/fund/standing-order/clear')
  const keeps = typed.replaceAll(',', '')
  // Zero is a sum too: then nothing stays behind.
  const isSum = /^(0|[1-9]\d{0,13})(\.\d{1,2})?$/.test(keeps)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!isSum) return
    clear.reset()
    set.mutate({ body: { wallet_keeps: keeps } }, { onSuccess: () => setTyped('') })
  }
  const end = () => {
    set.reset()
    clear.mutate({ body: {} })
  }
  const kept = order.active ? order.wallet_keeps : null
  return (
    <form onSubmit={submit} className="card form-card" aria-labelledby="standing-order">
      <h2 id="standing-order">{t.title}</h2>
      <output className="field-hint">
        {kept === null ? t.none : t.active(money(kept), order.carried_out_at)}
      </output>
      <TextInput
        label={t.keeps}
        description={t.hint}
        size="md"
        inputMode="decimal"
        autoComplete="off"
        leftSection="¥"
        placeholder={kept ?? '500.00'}
        value={typed}
        onChange={({ currentTarget }) =>
          setTyped(currentTarget.value.replace(/[^\d.,]/g, '').slice(0, 18))
        }
      />
      <FormError error={set.error ?? clear.error} />
      <div className="downloads">
        <Button type="submit" disabled={!isSum} loading={set.isPending}>
          {kept === null ? t.set : t.change}
        </Button>
        {kept !== null && (
          <Button variant="light" color="red" loading={clear.isPending} onClick={end}>
            {t.clear}
          </Button>
        )}
      </div>
    </form>
  )
}
