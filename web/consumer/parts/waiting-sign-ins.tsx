import { Button } from '@mantine/core'
import { IconDeviceMobileQuestion } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { when } from '../../shared/format.ts'
import { signInApproval } from '../approval-texts.ts'
import { FormError } from '../forms/form-error.tsx'
import { useApproval, useWaitingSignIns } from '../queries.ts'
import { texts } from '../texts.ts'
import { useApprovalPassword } from './approval-password.tsx'
import type { Me, WaitingSignIn } from '#contract'

const t = texts.waiting

/** Somebody signs in on another device: this one is asked, if it is trusted. */
export function WaitingSignIns({ me }: { me: Me }) {
  const { data } = useWaitingSignIns()
  if (!me.device.trusted) return null
  return data?.data.map((each) => <Waiting key={each.id} signIn={each} />)
}

function Waiting({ signIn }: { signIn: WaitingSignIn }) {
  const approve = useApproval('POST /v1/sign-ins/:id/approve')
  const { field, body } = useApprovalPassword(approve.error)
  return (
    <section className="warning is-warning" role="alert">
      <IconDeviceMobileQuestion size={22} stroke={1.8} aria-hidden="true" />
      <div>
        <strong>{t.title}</strong>
        <p>{t.text(signIn.device_name, when(signIn.opened_at, 'moment'))}</p>
        <FormError error={approve.error} />
        {field}
        <p className="warning-acts">
          <Button
            size="compact-sm"
            loading={approve.isPending}
            onClick={() => approve.mutate({ id: signIn.id, text: signInApproval(signIn.id), body })}
          >
            {t.approve}
          </Button>
          <Link to="/safety" className="warning-link">
            {t.notMe}
          </Link>
        </p>
      </div>
    </section>
  )
}
