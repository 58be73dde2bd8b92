import { TextInput } from '@mantine/core'
import { texts } from '../texts.ts'

interface PhoneFieldProps {
  value: string
  onChange: (value: string) => void
  label?: string
  error?: string | undefined
}

export function PhoneField({ value, onChange, label, error }: PhoneFieldProps) {
  return (
    <TextInput
      label={label ?? texts.auth.phone}
      placeholder="138 0000 1111"
      type="tel"
      name="phone"
      inputMode="tel"
      autoComplete="tel"
      size="md"
      required
      withAsterisk={false}
      value={value}
      error={error}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}
