import { Button } from '@mantine/core'
import { FormError } from '../forms/form-error.tsx'
import { useAct } from '../queries.ts'
import { texts } from '../texts.ts'
import { useApprovalPassword } from './approval-password.tsx'
import type { FundOrder } from '#contract'

interface ApproveOrderProps {
  order: FundOrder
  onDone: (order: FundOrder) => void
}

/** Answers a challenged redemption; the server says whether this device is trusted enough. */
export function ApproveOrder({ order, onDone }: ApproveOrderProps) {
  const approve = useAct('POST /v1/fund/redemptions/:id/approve')
  const word = useApprovalPassword(approve.error)
  return (
    <div className="outcome-choices">
      <FormError error={approve.error} />
      {word.field}
      <Button
        size="md"
        loading={approve.isPending}
        onClick={() =>
          approve.mutate({ params: { id: order.id }, body: word.body }, { onSuccess: onDone })
        }
      >
        {texts.payment.approve}
      </Button>
    </div>
  )
}
