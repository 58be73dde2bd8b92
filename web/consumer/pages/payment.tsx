import { Button } from '@mantine/core'
import {
  IconArrowBackUp,
  IconCheck,
  IconDeviceMobileCheck,
  IconHourglass,
  IconLoader,
  IconShieldX,
  IconX,
} from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { when } from '../../shared/format.ts'
import { Money } from '../../shared/money.tsx'
import { paymentApproval } from '../approval-texts.ts'
import { FormError } from '../forms/form-error.tsx'
import { useApprovalPassword } from '../parts/approval-password.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Reasons } from '../parts/reasons.tsx'
import { RowsLoading, Trouble } from '../parts/states.tsx'
import { WarningBar } from '../parts/warnings.tsx'
import { confirmByPasskey } from '../passkeys.ts'
import { useAct, useApproval, usePayment } from '../queries.ts'
import { api } from '../session.ts'
import { texts } from '../texts.ts'
import type { Payment } from '#contract'

const t = texts.payment

const icons: Record<Payment['state'], typeof IconCheck> = {
  opened: IconLoader,
  posted: IconCheck,
  challenged: IconDeviceMobileCheck,
  held: IconHourglass,
  denied: IconShieldX,
  voided: IconX,
  recalled: IconArrowBackUp,
}

/** One payment, live: what became of it, why, and what can be done. */
export function PaymentPage() {
  const { id } = useParams({ from: '/frame/payments/$id' })
  const { data, error, refetch } = usePayment(id)
  return (
    <div className="narrow">
      <PageHead title={t.title} back="/activity" />
      {data === undefined && error === null && <RowsLoading rows={3} />}
      {data === undefined && error !== null && (
        <Trouble error={error} again={() => void refetch()} />
      )}
      {data !== undefined && <PaymentCard payment={data} />}
    </div>
  )
}

function PaymentCard({ payment }: { payment: Payment }) {
  const Icon = icons[payment.state]
  const isIn = payment.direction === 'in'
  const isAsked = payment.can_approve
  const head = isIn && payment.state === 'posted' ? t.received : t.heads[payment.state]
  return (
    <article className={`card outcome is-${payment.state}`} data-testid="payment">
      <div className="outcome-head" aria-live="polite">
        <span className="outcome-icon">
          <Icon size={34} stroke={1.8} aria-hidden="true" />
        </span>
        <h2>{isAsked ? t.wasItYou : head}</h2>
        <p className="outcome-amount">
          <Money amount={payment.amount} />
        </p>
        <p className="outcome-words">{isAsked ? t.wasItYouText : t.words[payment.state]}</p>
        {payment.deadline !== null && payment.at_deadline !== null && (
          <p className="outcome-deadline num">
            {t.deadline[payment.at_deadline]} {when(payment.deadline, 'moment')}
          </p>
        )}
      </div>
      <Choices payment={payment} />
      {payment.warnings.map((warning) => (
        <WarningBar key={warning.code} warning={warning} />
      ))}
      <Reasons title={t.why} reasons={payment.reasons} />
      <Details payment={payment} />
    </article>
  )
}

function Choices({ payment }: { payment: Payment }) {
  const approve = useApproval('POST /v1/payments/:id/approve')
  const cancel = useAct('POST /v1/payments/:id/cancel')
  const client = useQueryClient()
  const passkeys = useQuery({
    queryKey: ['passkeys'],
    queryFn: ({ signal }) => api.call('GET /v1/passkeys', { signal }),
  })
  const hasPasskey = (passkeys.data?.data.length ?? 0) > 0
  const confirm = useMutation({
    mutationFn: () => confirmByPasskey(payment.id),
    onSettled: () => client.invalidateQueries(),
  })
  const navigate = useNavigate()
  const input = { params: { id: payment.id }, body: {} }
  const { field, body } = useApprovalPassword(approve.error)
  const say = () => approve.mutate({ id: payment.id, text: paymentApproval(payment), body })
  const isMine = payment.direction === 'out'
  const canReport =
    isMine && payment.report_id === null && !['denied', 'voided'].includes(payment.state)
  return (
    <div className="outcome-choices">
      <FormError error={approve.error ?? cancel.error ?? confirm.error} />
      {payment.can_approve && field}
      {payment.can_approve && (
        <Button size="md" loading={approve.isPending} onClick={say}>
          {t.approve}
        </Button>
      )}
      {isMine && payment.state === 'challenged' && hasPasskey && (
        <Button
          size="md"
          variant="light"
          loading={confirm.isPending}
          onClick={() => confirm.mutate()}
        >
          {texts.proofs.confirmByPasskey}
        </Button>
      )}
      {payment.can_cancel && (
        <Button
          size="md"
          variant="default"
          loading={cancel.isPending}
          onClick={() => cancel.mutate(input)}
        >
          {t.cancel}
        </Button>
      )}
      {canReport && (
        <Button
          variant="subtle"
          color="brick.6"
          onClick={() => void navigate({ to: '/robbed', search: { payment: payment.id } })}
        >
          {t.notMe}
        </Button>
      )}
      {payment.report_id !== null && isMine && (
        <Link to="/reports/$id" params={{ id: payment.report_id }} className="text-link">
          {t.report}
        </Link>
      )}
    </div>
  )
}

function Details({ payment }: { payment: Payment }) {
  const rows: [string, string][] = [
    [t.to, payment.payee.name],
    [t.from, payment.payer.name],
    ...(payment.direction === 'out'
      ? [[t.source, texts.pay[payment.source]] as [string, string]]
      : []),
    ...(payment.memo === null || payment.memo === ''
      ? []
      : [[t.note, payment.memo] as [string, string]]),
    [t.at, when(payment.created_at, 'moment')],
    [t.id, payment.id],
  ]
  return (
    <dl className="details">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="num">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
