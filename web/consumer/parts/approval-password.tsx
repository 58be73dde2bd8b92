import { PasswordInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { ApiError } from '../../shared/api.ts'
import { texts } from '../texts.ts'

/** After these the approval is sent again with the password. */
const asks: ReadonlySet<string> = new Set(['password_required', 'credentials_wrong'])

/** The password again, once the server has asked for it with an approval. */
export function useApprovalPassword(error: unknown): {
  field: ReactNode
  body: { password?: string }
} {
  const [password, setPassword] = useState('')
  const asked = error instanceof ApiError && asks.has(error.code)
  if (!asked && password === '') return { field: null, body: {} }
  const field = (
    <PasswordInput
      size="md"
      label={texts.auth.password}
      autoComplete="current-password"
      value={password}
      onChange={({ currentTarget }) => setPassword(currentTarget.value)}
    />
  )
  return { field, body: password === '' ? {} : { password } }
}
