import { Button, PasswordInput, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState, type SyntheticEvent } from 'react'
import { CodeField } from '../forms/code-field.tsx'
import { FormError } from '../forms/form-error.tsx'
import { when } from '../../shared/format.ts'
import { PhoneField } from '../forms/phone-field.tsx'
import { AuthLayout } from '../parts/auth-layout.tsx'
import { Denied } from '../parts/denied.tsx'
import { toE164 } from '../phone.ts'
import { useAct } from '../queries.ts'
import { introduction } from '../session.ts'
import { texts } from '../texts.ts'
import { useEntering } from './sign-in.tsx'

const blank = { phone: '', code: '', idNumber: '', password: '' }

/** A new password for a known phone; the guard decides whether SMS is a proof at all. */
export function ResetPage() {
  const [form, setForm] = useState(blank)
  const set = (part: Partial<typeof blank>) => setForm((old) => ({ ...old, ...part }))
  const reset = useAct('POST /v1/password-resets')
  const enterWith = useEntering()
  const phone = toE164(form.phone)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (phone === undefined) return
    const identity = { phone, id_number: form.idNumber.toUpperCase(), code: form.code }
    reset.mutate(
      { body: { ...identity, new_password: form.password, device: introduction() } },
      { onSuccess: (answer) => answer.status === 'done' && enterWith(answer.me) },
    )
  }
  const field = { size: 'md', required: true, withAsterisk: false } as const
  return (
    <AuthLayout title={texts.auth.resetTitle} text={texts.auth.resetText}>
      <form onSubmit={submit} className="stack">
        <PhoneField value={form.phone} onChange={(value) => set({ phone: value })} />
        <TextInput
          {...field}
          label={texts.auth.idNumber}
          name="id_number"
          autoComplete="off"
          maxLength={18}
          value={form.idNumber}
          onChange={({ currentTarget }) => set({ idNumber: currentTarget.value })}
        />
        <CodeField
          phone={phone}
          purpose="reset"
          value={form.code}
          onChange={(code) => set({ code })}
        />
        <PasswordInput
          {...field}
          label={texts.auth.newPassword}
          description={texts.auth.passwordHint}
          name="new-password"
          autoComplete="new-password"
          value={form.password}
          onChange={({ currentTarget }) => set({ password: currentTarget.value })}
        />
        {reset.data?.status === 'denied' && <Denied {...reset.data} />}
        {reset.data?.status === 'waiting' && (
          <output>{texts.auth.resetWaiting(when(reset.data.ripe_at, 'moment'))}</output>
        )}
        <FormError error={reset.error} />
        <Button type="submit" size="md" loading={reset.isPending} disabled={phone === undefined}>
          {texts.auth.reset}
        </Button>
        <p className="auth-links">
          <Link to="/sign-in">{texts.auth.backToSignIn}</Link>
        </p>
      </form>
    </AuthLayout>
  )
}
