import { Button, PasswordInput, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState, type SyntheticEvent } from 'react'
import { CodeField } from '../forms/code-field.tsx'
import { FormError } from '../forms/form-error.tsx'
import { PhoneField } from '../forms/phone-field.tsx'
import { AuthLayout } from '../parts/auth-layout.tsx'
import { toE164 } from '../phone.ts'
import { useAct } from '../queries.ts'
import { introduction } from '../session.ts'
import { texts } from '../texts.ts'
import { useEntering } from './sign-in.tsx'

const blank = { phone: '', code: '', name: '', idNumber: '', password: '' }

/** A new customer: name, ID, phone proved by a code, password. */
export function SignUpPage() {
  const [form, setForm] = useState(blank)
  const set = (part: Partial<typeof blank>) => setForm((old) => ({ ...old, ...part }))
  const signUp = useAct('POST /v1/sign-up')
  const enterWith = useEntering()
  const phone = toE164(form.phone)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (phone === undefined) return
    const { code, name, password } = form
    const body = { phone, code, name, id_number: form.idNumber.toUpperCase(), password }
    signUp.mutate(
      { body: { ...body, device: introduction() } },
      { onSuccess: ({ me }) => enterWith(me) },
    )
  }
  const field = { size: 'md', required: true, withAsterisk: false } as const
  return (
    <AuthLayout title={texts.auth.signUpTitle} text={texts.auth.signUpText}>
      <form onSubmit={submit} className="stack">
        <TextInput
          {...field}
          label={texts.auth.name}
          name="name"
          autoComplete="name"
          value={form.name}
          onChange={({ currentTarget }) => set({ name: currentTarget.value })}
        />
        <TextInput
          {...field}
          label={texts.auth.idNumber}
          name="id_number"
          autoComplete="off"
          maxLength={18}
          value={form.idNumber}
          onChange={({ currentTarget }) => set({ idNumber: currentTarget.value })}
        />
        <PhoneField value={form.phone} onChange={(value) => set({ phone: value })} />
        <CodeField
          phone={phone}
          purpose="sign_up"
          value={form.code}
          onChange={(code) => set({ code })}
        />
        <PasswordInput
          {...field}
          label={texts.auth.password}
          description={texts.auth.passwordHint}
          name="new-password"
          autoComplete="new-password"
          value={form.password}
          onChange={({ currentTarget }) => set({ password: currentTarget.value })}
        />
        <FormError error={signUp.error} />
        <Button type="submit" size="md" loading={signUp.isPending} disabled={phone === undefined}>
          {texts.auth.signUp}
        </Button>
        <p className="auth-links">
          <span>
            {texts.auth.haveAccount} <Link to="/sign-in">{texts.auth.signIn}</Link>
          </span>
        </p>
      </form>
    </AuthLayout>
  )
}
