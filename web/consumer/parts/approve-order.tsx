import { Button } from '@mantine/core'
import { redemptionApproval } from '../approval-texts.ts'
import { FormError } from '../forms/form-error.tsx'
import { useApproval } from '../queries.ts'
import { texts } from '../texts.ts'
import { useApprovalPassword } from './approval-password.tsx'
import type { FundOrder } from '#contract'

interface ApproveOrderProps {
  order: FundOrder
  onDone: (order: FundOrder) => void
}

/** Answers a challenged redemption; the server says whether this device is trusted enough. */
export function ApproveOrder({ order, onDone }: ApproveOrderProps) {
  const approve = useApproval('POST /v1/fund/redemptions/:id/approve')
  const { field, body } = useApprovalPassword(approve.error)
  return (
    <div className="outcome-choices">
      <FormError error={approve.error} />
      {field}
      <Button
        size="md"
        loading={approve.isPending}
        onClick={() =>
          approve.mutate(
            { id: order.id, text: redemptionApproval(order.id), body },
            { onSuccess: onDone },
          )
        }
      >
        {texts.payment.approve}
      </Button>
    </div>
  )
}
