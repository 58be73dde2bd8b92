import { Button, Code, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type SyntheticEvent } from 'react'
import type { OperatorMe } from '#contract'
import { addPasskey } from '../passkeys.ts'
import { useAct } from '../queries.ts'
import { texts } from '../texts.ts'
import { Refusal } from './states.tsx'

const t = texts.enrol

/** At the first sign-in: an app or a passkey must be set up before anything else. */
export function EnrolFactor({ onDone }: { onDone: (me: OperatorMe) => void }) {
  const begin = useAct('POST /v1/operator/totp')
  const confirm = useAct('POST /v1/operator/totp/confirm')
  const passkey = useMutation({ mutationFn: () => addPasskey(t.passkeyName), onSuccess: onDone })
  const [code, setCode] = useState('')
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    confirm.mutate({ body: { code } }, { onSuccess: onDone })
  }
  return (
    <form onSubmit={submit} className="entrance-card">
      <h1>{t.title}</h1>
      <p>{t.text}</p>
      {begin.data === undefined ? (
        <Button size="md" loading={begin.isPending} onClick={() => begin.mutate({ body: {} })}>
          {t.app}
        </Button>
      ) : (
        <>
          <p>{t.secret}</p>
          <Code block>{begin.data.secret}</Code>
          <a href={begin.data.uri}>{t.open}</a>
          <TextInput
            size="md"
            label={t.code}
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            withAsterisk={false}
            value={code}
            onChange={({ currentTarget }) => setCode(currentTarget.value.trim())}
          />
          <Button type="submit" size="md" loading={confirm.isPending}>
            {t.confirm}
          </Button>
        </>
      )}
      <Refusal error={confirm.error ?? begin.error ?? passkey.error} />
      <Button
        variant="default"
        size="md"
        loading={passkey.isPending}
        onClick={() => passkey.mutate()}
      >
        {t.passkey}
      </Button>
    </form>
  )
}
