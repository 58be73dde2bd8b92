import { Button, Group, Modal, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useAct } from '../queries.ts'
import { texts } from '../texts.ts'
import { Refusal } from './states.tsx'

const t = texts.policies

interface RollBackDialogProps {
  version: string
  /** The policy that decides, as this operator sees it: a late answer undoes nobody's work. */
  active: string
  onClose: () => void
}

/** One press more: what is decided under changes at once, for everybody. */
export function RollBackDialog({ version, active, onClose }: RollBackDialogProps) {
  const act = useAct('POST /v1/operator/policies/:version/roll-back')
  const go = () =>
    act.mutate(
      { params: { version }, body: { from: active } },
      {
        onSuccess: () => {
          notifications.show({ color: 'amber', message: t.done.rolledBack })
          onClose()
        },
      },
    )
  return (
    <Modal
      opened
      centered
      lockScroll={false}
      onClose={onClose}
      title={t.rollBackTitle}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      <Stack gap="md">
        <p>{t.rollBackText(version)}</p>
        <Refusal error={act.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
          <Button color="brick.6" loading={act.isPending} onClick={go}>
            {t.acts.rollBack}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
