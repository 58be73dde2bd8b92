import { createApi } from '../shared/api.ts'
import type { Me } from '#contract'

export const api = createApi()

const shelf = 'coffer.devices'

/** Which device id the server gave this browser, by customer's phone. */
function readDevices(): Record<string, string> {
  try {
    const parsed: unknown = JSON.parse(localStorage.getItem(shelf) ?? '{}')
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, string>) : {}
  } catch {
    return {}
  }
}

/** How this browser introduces itself at a sign-in. */
export function introduction(phone: string): { id?: string; name: string } {
  const id = readDevices()[phone]
  return { name: deviceName(), ...(id === undefined ? {} : { id }) }
}

/** Takes a session into use: its CSRF token and device id go with every call from now on. */
export function enter(me: Me, phone?: string): Me {
  api.setCsrf(me.csrf_token)
  api.setDevice(me.device.id)
  if (phone !== undefined) {
    localStorage.setItem(shelf, JSON.stringify({ ...readDevices(), [phone]: me.device.id }))
  }
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
