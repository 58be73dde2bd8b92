import { IconShieldX } from '@tabler/icons-react'
import { texts } from '../texts.ts'
import { WarningBar } from './warnings.tsx'
import type { Reason, Warning } from '#contract'

interface DeniedProps {
  reasons: readonly Reason[]
  warnings: readonly Warning[]
}

/** The guard refused a sign-in or a reset. */
export function Denied({ reasons, warnings }: DeniedProps) {
  return (
    <div className="denied" role="alert">
      <p className="denied-head">
        <IconShieldX size={24} aria-hidden="true" />
        <strong>{texts.auth.deniedTitle}</strong>
      </p>
      <ul>
        {reasons.map(({ code, sentence }) => (
          <li key={code}>{sentence}</li>
        ))}
      </ul>
      {warnings.map((warning) => (
        <WarningBar key={warning.code} warning={warning} />
      ))}
    </div>
  )
}
