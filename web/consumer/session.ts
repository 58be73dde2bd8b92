import { createApi, freshKey } from '../shared/api.ts'
import type { Me } from '#contract'

export const api = createApi()

const shelf = 'coffer.device'
const handShelf = 'coffer.in-hand'

/**
 * This browser's device id. Made here and kept, so that a sign-in, the challenge it meets and its
 * answer come from one device; whether the device is known to a customer, the server decides.
 */
function deviceId(): string {
  const kept = localStorage.getItem(handShelf) ?? localStorage.getItem(shelf)
  if (kept !== null && /^dev_[0-9A-Za-z_-]{1,64}$/.test(kept)) return kept
  const made = `dev_${freshKey().replace('web-', '')}`
  localStorage.setItem(shelf, made)
  return made
}

/** How this browser introduces itself at a sign-in. */
export function introduction(): { id: string; name: string } {
  return { id: deviceId(), name: deviceName() }
}

/** Demo only: from now on this browser is that simulated person's phone; null: itself again. */
export function takeInHand(device: { id: string } | null): void {
  if (device === null) localStorage.removeItem(handShelf)
  else localStorage.setItem(handShelf, device.id)
}

/** Takes a session into use: its CSRF token and device id go with every call from now on. */
export function enter(me: Me): Me {
  api.setCsrf(me.csrf_token)
  api.setDevice(deviceId())
  return me
}

export function leave(): void {
  api.setCsrf(undefined)
  api.setDevice(undefined)
}

function deviceName(): string {
  const agent = navigator.userAgent
  const browser = ['Firefox', 'Edg', 'Chrome', 'Safari'].find((name) => agent.includes(name))
  const system = ['Android', 'iPhone', 'iPad', 'Mac OS', 'Windows', 'Linux'].find((name) =>
    agent.includes(name),
  )
  return `${browser === 'Edg' ? 'Edge' : (browser ?? 'Browser')} on ${system ?? 'a computer'}`
}
