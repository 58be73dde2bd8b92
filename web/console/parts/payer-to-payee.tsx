import { VisuallyHidden } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { texts } from '../texts.ts'
import type { Party } from '#contract'

/** Who pays whom. The arrow is drawn: the bundled font has none. */
export function PayerToPayee(props: { payer: Party; payee: Party; size?: number }) {
  const { payer, payee, size = 15 } = props
  return (
    <>
      {payer.name} <IconArrowRight className="to-arrow" size={size} aria-hidden />
      <VisuallyHidden>{texts.to}</VisuallyHidden> {payee.name}
    </>
  )
}
