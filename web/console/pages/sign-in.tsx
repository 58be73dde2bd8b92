import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState, type SyntheticEvent } from 'react'
import { Mark } from '../../shared/mark.tsx'
import { Refusal } from '../parts/states.tsx'
import { useAct } from '../queries.ts'
import { enter } from '../session.ts'
import { texts } from '../texts.ts'

const t = texts.signIn

export function SignInPage() {
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const signIn = useAct('POST /v1/operator/sign-in')
  const client = useQueryClient()
  const navigate = useNavigate()
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    signIn.mutate(
      { body: { login, password } },
      {
        onSuccess: (me) => {
          client.setQueryData(['operator'], enter(me))
          void navigate({ to: '/' })
        },
      },
    )
  }
  const field = { size: 'md', required: true, withAsterisk: false } as const
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
        <Refusal error={signIn.error} />
        <Button type="submit" size="md" loading={signIn.isPending}>
          {t.submit}
        </Button>
      </form>
    </main>
  )
}
