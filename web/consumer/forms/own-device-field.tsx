import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useSimulatedPhone } from '../queries.ts'
import { takeInHand } from '../session.ts'
import { texts } from '../texts.ts'

/** Demo only: the device a simulated person trusts, and whether the visitor acts on it. */
export function useOwnDevice(phone: string | undefined) {
  const [wanted, setWanted] = useState(true)
  const device = useSimulatedPhone(phone).data?.own_device ?? null
  return { device, wanted, setWanted, take: () => takeInHand(wanted ? device : null) }
}

/** Shows nothing where there is no such device. */
export function OwnDeviceField({ own }: { own: ReturnType<typeof useOwnDevice> }) {
  if (own.device === null) return null
  return (
    <Checkbox
      label={texts.auth.ownDevice(own.device.name)}
      description={texts.auth.ownDeviceText}
      checked={own.wanted}
      onChange={({ currentTarget }) => own.setWanted(currentTarget.checked)}
    />
  )
}
