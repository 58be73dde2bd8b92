import { Button, Group, Textarea } from '@mantine/core'
import { useState } from 'react'
import { when } from '../../shared/format.ts'
import { Money } from '../../shared/money.tsx'
import { useAct, useMay } from '../queries.ts'
import { texts } from '../texts.ts'
import { Refusal } from './states.tsx'
import type { OperatorClaim } from '#contract'

const t = texts.claims

/** What was lost, what came back, the evidence, and who decided. */
export function ClaimDetail({ claim }: { claim: OperatorClaim }) {
  return (
    <article className="detail" aria-label={claim.customer.name}>
      <header className="detail-head">
        <div>
          <p className="detail-parties">{claim.customer.name}</p>
          <p className="detail-amount">
            <Money amount={claim.lost} />
          </p>
          <p className="detail-rest">{t.steps[claim.next_step]}</p>
        </div>
        <dl className="claim-figures">
          {(
            [
              [t.income, claim.income_missed],
              [t.recovered, claim.recovered],
              [t.insurer, claim.paid_by_insurer],
            ] as const
          ).map(([name, amount]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <Money amount={amount} />
              </dd>
            </div>
          ))}
        </dl>
      </header>
      <Decide claim={claim} />
      <section className="panel">
        <h3>{t.evidence}</h3>
        <ul className="evidence">
          {claim.evidence.map(({ title, text, at }) => (
            <li key={title}>
              <strong>{title}</strong>
              {at !== null && <time dateTime={at}>{when(at, 'moment')}</time>}
              <span>{text}</span>
            </li>
          ))}
        </ul>
        <p className="panel-hint">
          {t.pack}: {claim.pack}
        </p>
      </section>
      <Approvals claim={claim} />
      <Clocks claim={claim} />
    </article>
  )
}

function Decide({ claim }: { claim: OperatorClaim }) {
  const [reason, setReason] = useState('')
  const act = useAct('POST /v1/operator/claims/:id/approve')
  const may = useMay()
  const step = claim.next_step
  if (step !== 'first_approval' && step !== 'second_approval') return null
  if (!may('approveClaim')) return null
  if (!claim.may_decide) return <p className="panel note">{t.notYou}</p>
  const decide = (decision: 'approve' | 'decline') =>
    act.mutate({ params: { id: claim.id }, body: { decision, reason: reason.trim() } })
  const isReady = reason.trim().length >= 3
  return (
    <section className="panel decide">
      <Textarea
        label={t.reason}
        name="reason"
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      <Refusal error={act.error} />
      <Group>
        <Button
          color="green.6"
          disabled={!isReady}
          loading={act.isPending}
          onClick={() => decide('approve')}
        >
          {t.approve[step]}
        </Button>
        <Button
          variant="default"
          disabled={!isReady || act.isPending}
          onClick={() => decide('decline')}
        >
          {t.decline}
        </Button>
      </Group>
    </section>
  )
}

function Approvals({ claim }: { claim: OperatorClaim }) {
  return (
    <section className="panel">
      <h3>{t.approvals}</h3>
      {claim.approvals.length === 0 && <p className="panel-hint">{t.noApprovals}</p>}
      <ol className="approvals">
        {claim.approvals.map(({ order, operator_name: name, decision, reason, at }) => (
          <li key={order}>
            <strong>
              {t.order[order]}: {name}
            </strong>
            <span className={`chip is-${decision === 'approve' ? 'allow' : 'deny'}`}>
              {decision === 'approve' ? t.approved : t.declined}
            </span>
            <time dateTime={at}>{when(at, 'moment')}</time>
            <span>{reason}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Clocks({ claim }: { claim: OperatorClaim }) {
  return (
    <section className="panel">
      <h3>{t.clocks}</h3>
      <dl className="pairs">
        {claim.clocks.map(({ kind, title, due_at: due, met_at: met, breached }) => (
          <div key={kind}>
            <dt>{title}</dt>
            <dd className="num">
              {when(due, 'moment')}
              {breached && <span className="chip is-deny">{t.breached}</span>}
              {met !== null && <span className="chip is-allow">{t.met}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
