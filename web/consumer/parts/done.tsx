import { Button } from '@mantine/core'
import { IconCheck, IconHourglass, IconShieldX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { texts } from '../texts.ts'
import { Reasons } from './reasons.tsx'
import type { Reason } from '#contract'

const looks = {
  done: { state: 'posted', Icon: IconCheck },
  waiting: { state: 'held', Icon: IconHourglass },
  stopped: { state: 'denied', Icon: IconShieldX },
} as const

interface DoneProps {
  kind: keyof typeof looks
  title: string
  reasons?: readonly Reason[]
  /** What can be done about it. */
  children?: ReactNode
}

/** How an order ended. */
export function Done({ kind, title, reasons = [], children }: DoneProps) {
  const { state, Icon } = looks[kind]
  return (
    <article className={`card outcome is-${state}`}>
      <div className="outcome-head" aria-live="polite">
        <span className="outcome-icon">
          <Icon size={34} stroke={1.8} aria-hidden="true" />
        </span>
        <h2>{title}</h2>
      </div>
      {children}
      <Reasons title={texts.payment.why} reasons={reasons} />
      <Button component={Link} to="/" variant="light" size="md">
        {texts.error.home}
      </Button>
    </article>
  )
}
