import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState, type SyntheticEvent } from 'react'
import type { OperatorMe } from '#contract'
import { ApiError } from '../../shared/api.ts'
import { Mark } from '../../shared/mark.tsx'
import { CodeField } from '../parts/code-field.tsx'
import { EnrolFactor } from '../parts/enrol-factor.tsx'
import { Refusal } from '../parts/states.tsx'
import { signInByPasskey } from '../passkeys.ts'
import { useAct } from '../queries.ts'
import { enter } from '../session.ts'
import { texts } from '../texts.ts'

const t = texts.signIn

/** After these the same request with a code may still be let in. */
const asksCode: ReadonlySet<string> = new Set(['second_factor_required', 'too_many_tries'])

/** Login and password, then the code of the app; or a passkey alone. */
export function SignInPage() {
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [second, setSecond] = useState(false)
  const [bare, setBare] = useState(false)
  const signIn = useAct('POST /v1/operator/sign-in')
  const go = useEntering(() => setBare(true))
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    signIn.mutate(
      { body: { login, password, ...(code !== '' && { code }) } },
      {
        onSuccess: go,
        onError: (error) => {
          setCode('')
          if (error instanceof ApiError && asksCode.has(error.code)) setSecond(true)
        },
      },
    )
  }
  if (bare) {
    return (
      <main className="entrance">
        <EnrolFactor onDone={go} />
      </main>
    )
  }
  const field = { size: 'md', required: true, withAsterisk: false } as const
  const asked = signIn.error instanceof ApiError && signIn.error.code === 'second_factor_required'
  return (
    <main className="entrance">
      <form onSubmit={submit} className="entrance-card">
        <Mark size={44} />
        <h1>{t.title}</h1>
        <p>{t.text}</p>
        <TextInput
          {...field}
          label={t.login}
          name="login"
          autoComplete="username"
          value={login}
          onChange={({ currentTarget }) => setLogin(currentTarget.value)}
        />
        <PasswordInput
          {...field}
          label={t.password}
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
        />
        {second && <CodeField login={login} code={code} onCode={setCode} />}
        <Refusal error={asked ? null : signIn.error} />
        <Button type="submit" size="md" loading={signIn.isPending}>
          {t.submit}
        </Button>
        <PasskeySignIn onEnter={go} />
      </form>
    </main>
  )
}

/** For who has a passkey: nothing to type at all. */
function PasskeySignIn({ onEnter }: { onEnter: (me: OperatorMe) => void }) {
  const signIn = useMutation({ mutationFn: signInByPasskey, onSuccess: onEnter })
  return (
    <>
      <Refusal error={signIn.error} />
      <Button
        variant="default"
        size="md"
        loading={signIn.isPending}
        onClick={() => signIn.mutate()}
      >
        {t.byPasskey}
      </Button>
    </>
  )
}

/** Takes a session into use; one without a factor leads to `onBare` and no further. */
function useEntering(onBare: () => void): (me: OperatorMe) => void {
  const client = useQueryClient()
  const navigate = useNavigate()
  return (me) => {
    enter(me)
    if (me.factor === 'none') {
      onBare()
      return
    }
    client.setQueryData(['operator'], me)
    void navigate({ to: '/' })
  }
}
