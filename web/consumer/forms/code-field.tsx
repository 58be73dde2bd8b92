import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useAct } from '../queries.ts'
import { readablePhone } from '../phone.ts'
import { wordsOf } from '../parts/states.tsx'
import { SimulatedInbox } from '../parts/simulated-inbox.tsx'
import { texts } from '../texts.ts'

interface CodeFieldProps {
  phone: string | undefined
  purpose: 'sign_up' | 'sign_in' | 'reset'
  value: string
  onChange: (value: string) => void
  /** The server has sent one by itself. */
  sent?: boolean
}

/** The six digits of an SMS, with the button that sends them. */
export function CodeField({ phone, purpose, value, onChange, sent = false }: CodeFieldProps) {
  const request = useAct('POST /v1/codes')
  const [sentTo, setSentTo] = useState(sent ? phone : undefined)
  const ask = () => {
    if (phone === undefined) return
    request.mutate({ body: { phone, purpose } }, { onSuccess: () => setSentTo(phone) })
  }
  return (
    <div className="code-field">
      <TextInput
        label={texts.auth.code}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        size="md"
        required
        withAsterisk={false}
        className="num"
        value={value}
        error={request.error === null ? undefined : wordsOf(request.error)}
        description={sentTo === undefined ? undefined : texts.auth.codeSent(readablePhone(sentTo))}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        onChange={({ currentTarget }) => onChange(currentTarget.value.replace(/\D/g, ''))}
        rightSectionWidth={120}
        rightSection={
          <Button
            size="compact-sm"
            variant="subtle"
            disabled={phone === undefined}
            loading={request.isPending}
            onClick={ask}
          >
            {sentTo === undefined ? texts.auth.sendCode : texts.auth.sendAgain}
          </Button>
        }
      />
      {sentTo !== undefined && <SimulatedInbox phone={sentTo} onCode={onChange} />}
    </div>
  )
}
