import { IconAlertCircle } from '@tabler/icons-react'
import { wordsOf } from '../parts/states.tsx'

/** Why the server refused, above the button that was pressed. */
export function FormError({ error }: { error: unknown }) {
  if (error === null || error === undefined) return null
  return (
    <p className="form-error" role="alert">
      <IconAlertCircle size={18} aria-hidden="true" />
      <span>{wordsOf(error)}</span>
    </p>
  )
}
