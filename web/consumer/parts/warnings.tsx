import { IconAlertTriangle, IconInfoCircle, IconPhoneCall } from '@tabler/icons-react'
import { texts } from '../texts.ts'
import type { Warning } from '#contract'

/** What a customer must know now, most severe first. */
export function Warnings({ warnings }: { warnings: readonly Warning[] }) {
  const order = ['danger', 'warning', 'info']
  const sorted = warnings.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
  return sorted.map((warning) => <WarningBar key={warning.code} warning={warning} />)
}

export function WarningBar({ warning }: { warning: Warning }) {
  const Icon = warning.severity === 'info' ? IconInfoCircle : IconAlertTriangle
  return (
    <section
      className={`warning is-${warning.severity}`}
      role={warning.severity === 'danger' ? 'alert' : undefined}
    >
      <Icon size={22} stroke={1.8} aria-hidden="true" />
      <div>
        <strong>{warning.title}</strong>
        <p>{warning.text}</p>
        {warning.call_carrier && (
          <p className="warning-call">
            <IconPhoneCall size={16} aria-hidden="true" /> {texts.safety.callCarrier}
          </p>
        )}
      </div>
    </section>
  )
}
