import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState, type SyntheticEvent } from 'react'
import { CodeField } from '../forms/code-field.tsx'
import { FormError } from '../forms/form-error.tsx'
import { OwnDeviceField, useOwnDevice } from '../forms/own-device-field.tsx'
import { PhoneField } from '../forms/phone-field.tsx'
import { AuthLayout } from '../parts/auth-layout.tsx'
import { Denied } from '../parts/denied.tsx'
import { proveByPasskey } from '../passkeys.ts'
import { toE164 } from '../phone.ts'
import { useAct } from '../queries.ts'
import { noteFreshSession } from '../session-rotation.ts'
import { api, enter, introduction } from '../session.ts'
import { texts } from '../texts.ts'
import type { Me, SignInAnswer } from '#contract'

type Challenge = Extract<SignInAnswer, { status: 'challenged' }>

/** Phone and password; where the guard wants more, a code. */
export function SignInPage() {
  const [phone, setPhone] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const signIn = useAct('POST /v1/sign-in')
  const enterWith = useEntering()
  const full = toE164(phone)
  const [challenged, setChallenged] = useState<Challenge>()
  const own = useOwnDevice(full)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (full === undefined) return
    own.take()
    const proof = challenged === undefined ? {} : proofOf(challenged, code)
    signIn.mutate(
      { body: { phone: full, password, device: introduction(), ...proof } },
      {
        onSuccess: (given) => {
          if (given.status === 'signed_in') enterWith(given.me)
          setChallenged(given.status === 'challenged' ? given : undefined)
        },
      },
    )
  }

  if (challenged !== undefined) {
    const isAnswered = signIn.variables?.body.challenge_id !== undefined && !signIn.isPending
    const isSms = challenged.challenge.kind !== 'trusted_device'
    return (
      <AuthLayout title={texts.auth.challengeTitle} text={texts.auth.challengeText}>
        <form onSubmit={submit} className="stack">
          <ChallengeField challenge={challenged} phone={full} code={code} onCode={setCode} />
          {!isSms && isAnswered && <p aria-live="polite">{texts.auth.notYet}</p>}
          <FormError error={signIn.error} />
          <Button type="submit" size="md" loading={signIn.isPending}>
            {isSms ? texts.auth.confirm : texts.auth.approved}
          </Button>
        </form>
      </AuthLayout>
    )
  }
  return (
    <AuthLayout title={texts.auth.signInTitle} text={texts.auth.signInText}>
      <form onSubmit={submit} className="stack">
        <PhoneField
          value={phone}
          onChange={setPhone}
          error={phone.length > 10 && full === undefined ? texts.auth.phoneWrong : undefined}
        />
        <PasswordInput
          label={texts.auth.password}
          name="password"
          autoComplete="current-password"
          size="md"
          required
          withAsterisk={false}
          value={password}
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
        />
        <OwnDeviceField own={own} />
        {signIn.data?.status === 'denied' && <Denied {...signIn.data} />}
        <FormError error={signIn.error} />
        <Button type="submit" size="md" loading={signIn.isPending} disabled={full === undefined}>
          {texts.auth.signIn}
        </Button>
        <OtherWays onEnter={enterWith} />
      </form>
    </AuthLayout>
  )
}

/** For who has a passkey: nothing to type at all. */
function PasskeySignIn({ onEnter }: { onEnter: (me: Me) => void }) {
  const signIn = useMutation({
    mutationFn: async () => {
      const asked = await api.call('POST /v1/passkey-sign-in/options', { body: {} })
      const credential = await proveByPasskey(asked)
      const body = { challenge_id: asked.challenge_id, credential, device: introduction() }
      return api.call('POST /v1/passkey-sign-in', { body })
    },
    onSuccess: (given) => {
      if (given.status === 'signed_in') onEnter(given.me)
    },
  })
  return (
    <>
      {signIn.data?.status === 'denied' && <Denied {...signIn.data} />}
      <FormError error={signIn.error} />
      <Button
        variant="default"
        size="md"
        loading={signIn.isPending}
        onClick={() => signIn.mutate()}
      >
        {texts.proofs.byPasskey}
      </Button>
    </>
  )
}

/** A code for an SMS challenge; the other device has answered the other kind. */
function proofOf({ challenge }: Challenge, code: string) {
  return challenge.kind !== 'trusted_device'
    ? { challenge_id: challenge.id, code }
    : { challenge_id: challenge.id }
}

function OtherWays({ onEnter }: { onEnter: (me: Me) => void }) {
  return (
    <>
      <PasskeySignIn onEnter={onEnter} />
      <p className="auth-links">
        <Link to="/reset">{texts.auth.forgot}</Link>
        <span>
          {texts.auth.noAccount} <Link to="/sign-up">{texts.auth.signUp}</Link>
        </span>
      </p>
    </>
  )
}

interface ChallengeFieldProps {
  challenge: Challenge
  phone: string | undefined
  code: string
  onCode: (code: string) => void
}

function ChallengeField({ challenge, phone, code, onCode }: ChallengeFieldProps) {
  return (
    <>
      <ul className="challenge-reasons">
        {challenge.reasons.map((reason) => (
          <li key={reason.code}>{reason.sentence}</li>
        ))}
      </ul>
      {challenge.challenge.kind === 'sms_code' ? (
        <CodeField phone={phone} purpose="sign_in" value={code} onChange={onCode} sent />
      ) : (
        <OtherProof kind={challenge.challenge.kind} code={code} onCode={onCode} />
      )}
    </>
  )
}

interface OtherProofProps {
  kind: 'trusted_device' | 'totp'
  code: string
  onCode: (code: string) => void
}

function OtherProof({ kind, code, onCode }: OtherProofProps) {
  if (kind === 'trusted_device') return <p>{texts.auth.challengeTrusted}</p>
  return (
    <TextInput
      label={texts.proofs.firstCode}
      inputMode="numeric"
      autoComplete="one-time-code"
      value={code}
      onChange={({ currentTarget }) => onCode(currentTarget.value)}
    />
  )
}

/** After any sign-in: take the session into use and show the balance. */
export function useEntering() {
  const client = useQueryClient()
  const navigate = useNavigate()
  return (me: Me) => {
    client.clear()
    noteFreshSession()
    client.setQueryData(['me'], enter(me))
    void navigate({ to: '/' })
  }
}
