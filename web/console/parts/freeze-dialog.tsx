import { Button, Group, Modal, Stack, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState, type SyntheticEvent } from 'react'
import { useAct } from '../queries.ts'
import { texts } from '../texts.ts'
import { Refusal } from './states.tsx'
import type { Party } from '#contract'

const t = texts.freeze

/** Stops everything that leaves a customer's account; the reason stays with the freeze. */
export function FreezeDialog({ customer, onClose }: { customer: Party; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const freeze = useAct('POST /v1/operator/customers/:id/freeze')
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    freeze.mutate(
      { params: { id: customer.customer_id }, body: { reason: reason.trim() } },
      {
        onSuccess: () => {
          notifications.show({ color: 'amber', message: t.done(customer.name) })
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
      title={t.title(customer.name)}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <p>{t.text}</p>
          <Textarea
            label={texts.queue.reason}
            name="reason"
            data-autofocus
            required
            withAsterisk={false}
            minLength={3}
            maxLength={500}
            autosize
            minRows={2}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <Refusal error={freeze.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {texts.cancel}
            </Button>
            <Button
              type="submit"
              color="brick.6"
              disabled={reason.trim().length < 3}
              loading={freeze.isPending}
            >
              {t.act}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
