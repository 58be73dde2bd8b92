import { Button } from '@mantine/core'
import { IconDeviceMobileMessage } from '@tabler/icons-react'
import { when } from '../../shared/format.ts'
import { readablePhone } from '../phone.ts'
import { useSimulatedPhone } from '../queries.ts'
import { texts } from '../texts.ts'

interface InboxProps {
  phone: string | undefined
  onCode: (code: string) => void
}

/** Demo only: what the simulated phone has received. Shows nothing where there is no simulator. */
export function SimulatedInbox({ phone, onCode }: InboxProps) {
  const { data } = useSimulatedPhone(phone)
  if (data === undefined || phone === undefined) return null
  return (
    <aside className="inbox" aria-label={texts.auth.inbox}>
      <p className="inbox-head">
        <IconDeviceMobileMessage size={18} aria-hidden="true" />
        {texts.auth.inbox} <span className="num">{readablePhone(phone)}</span>
      </p>
      {data.forwarding_to !== null && (
        <p className="inbox-forwarded">
          {texts.auth.inboxForwarded(readablePhone(data.forwarding_to))}
        </p>
      )}
      {data.messages.length === 0 && <p className="inbox-empty">{texts.auth.inboxEmpty}</p>}
      {data.messages.slice(0, 2).map(({ id, at, text }) => {
        const code = /\b\d{6}\b/.exec(text)?.[0]
        return (
          <div className="inbox-message" key={id}>
            <p>{text}</p>
            <span className="num">{when(at, 'clock')}</span>
            {code !== undefined && (
              <Button size="compact-xs" variant="light" onClick={() => onCode(code)}>
                {texts.auth.useCode}
              </Button>
            )}
          </div>
        )
      })}
    </aside>
  )
}
