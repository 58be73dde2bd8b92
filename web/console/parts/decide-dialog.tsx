import { Button, Group, Modal, Radio, Stack, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState, type SyntheticEvent } from 'react'
import { money } from '../../shared/format.ts'
import { useAct } from '../queries.ts'
import { texts } from '../texts.ts'
import { PayerToPayee } from './payer-to-payee.tsx'
import { Refusal } from './states.tsx'
import type { ReviewSummary } from '#contract'

const t = texts.queue
const labels = ['confirmed_theft', 'false_alarm', 'inconclusive'] as const
type Label = (typeof labels)[number]

interface DecideDialogProps {
  review: ReviewSummary
  choice: 'release' | 'void'
  onClose: () => void
}

/** Label and reason are required: a decision without them teaches nothing. */
export function DecideDialog({ review, choice, onClose }: DecideDialogProps) {
  const [label, setLabel] = useState<Label>(choice === 'void' ? 'confirmed_theft' : 'false_alarm')
  const [reason, setReason] = useState('')
  const decide = useAct('POST /v1/operator/reviews/:id/decide')
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    decide.mutate(
      { params: { id: review.id }, body: { decision: choice, label, reason: reason.trim() } },
      {
        onSuccess: () => {
          const done = choice === 'release' ? t.done.released : t.done.voided
          notifications.show({
            color: choice === 'release' ? 'green' : 'amber',
            message: `${done}: ${review.payer.name}, ${money(review.amount)}`,
          })
          onClose()
        },
      },
    )
  }
  return (
    <Modal
      opened
      centered
      lockScroll={false}
      onClose={onClose}
      title={choice === 'release' ? t.decideRelease : t.decideVoid}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <p className="dialog-sum">
            <strong className="num">{money(review.amount)}</strong>{' '}
            <PayerToPayee payer={review.payer} payee={review.payee} />
            <span>{choice === 'release' ? t.releaseHint : t.voidHint}</span>
          </p>
          <LabelField value={label} onChange={setLabel} />
          <ReasonField value={reason} onChange={setReason} />
          <Refusal error={decide.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {texts.cancel}
            </Button>
            <Button
              type="submit"
              color={choice === 'release' ? 'green.6' : 'brick.6'}
              disabled={reason.trim().length < 3}
              loading={decide.isPending}
            >
              {choice === 'release' ? t.release : t.void}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function LabelField({ value, onChange }: { value: Label; onChange: (value: Label) => void }) {
  return (
    <Radio.Group label={t.label} value={value} onChange={onChange}>
      <Group mt={6} gap="lg">
        {labels.map((each) => (
          <Radio key={each} value={each} label={t.labels[each]} />
        ))}
      </Group>
    </Radio.Group>
  )
}

function ReasonField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <Textarea
      label={t.reason}
      description={t.reasonHint}
      name="reason"
      data-autofocus
      required
      withAsterisk={false}
      minLength={3}
      maxLength={500}
      autosize
      minRows={2}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}
