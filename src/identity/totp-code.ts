import { Secret, TOTP } from 'otpauth'
import { equalInConstantTime, second, type Instant, type Random } from '#kernel'

const stepMs = 30 * second

/** 160 bits, base 32, as apps take it. */
export function newTotpSecret(random: Random): string {
  return new Secret({ buffer: new Uint8Array(random.bytes(20)).buffer }).base32
}

/** What an app reads from a QR code. */
export function totpUri(secret: string, label: string): string {
  return appOf(secret, label).toString()
}

/**
 * The step whose code this is: the present one or a neighbour, for clocks that differ. null: none.
 * All three are compared in full, whichever fits.
 */
export function totpStepOf(secret: string, code: string, now: Instant): bigint | null {
  const app = appOf(secret, '')
  let found: bigint | null = null
  for (const shift of [-1, 0, 1]) {
    const timestamp = now + shift * stepMs
    if (timestamp < 0) continue
    const fits = equalInConstantTime(app.generate({ timestamp }), code)
    if (fits) found = totpStepAt(timestamp)
  }
  return found
}

/** The code of one step: what the app shows then. */
export function totpCodeAt(secret: string, timestamp: Instant): string {
  return appOf(secret, '').generate({ timestamp })
}

/** The number of the 30-second step at an instant. */
export function totpStepAt(timestamp: Instant): bigint {
  return BigInt(Math.floor(timestamp / stepMs))
}

/** When a step begins. */
export function totpStepBegin(step: bigint): Instant {
  return Number(step) * stepMs
}

function appOf(secret: string, label: string): TOTP {
  return new TOTP({
    issuer: 'Coffer',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: stepMs / second,
    secret: Secret.fromBase32(secret),
  })
}
