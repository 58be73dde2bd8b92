import type { DeviceSignals } from './context.ts'

/** Where a request comes from while there is no session yet. */
export interface Origin {
  /** The id an earlier sign-in gave this device; null: never seen, it gets a new one. */
  readonly deviceId: string | null
  readonly deviceName: string
  /** The device's own key, if it has one: SPKI of ECDSA P-256, base64url. */
  readonly publicKey?: string
  /** The /24 (or /48) of the address. */
  readonly network: string
  readonly signals: DeviceSignals
}
