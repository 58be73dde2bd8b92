import { createApi, freshKey } from '../shared/api.ts'
import { makeDeviceKey, readDeviceKey, signWith, type DeviceKey } from './device-key.ts'
import type { Me } from '#contract'

export const api = createApi()

const shelf = 'coffer.device'
/** The id that a key was made with. */
const keyShelf = 'coffer.device-keyed'
const handShelf = 'coffer.in-hand'

let key: DeviceKey | null = null

/**
 * Before the page is drawn: this browser's own id and key, made together and kept. An id from
 * before, or of a simulated person's phone, has no key, and its word is its id as it was. Whose
 * key is lost, though it had one, is a new device: a server never takes a second key for an id.
 */
export async function openDevice(): Promise<void> {
  const kept = localStorage.getItem(shelf)
  if (kept !== null && isId(kept)) {
    if (localStorage.getItem(keyShelf) !== kept) return
    key = await readDeviceKey(kept)
    if (key !== null) return
  }
  const made = `dev_${freshKey().replace('web-', '')}`
  key = await makeDeviceKey(made)
  localStorage.setItem(shelf, made)
  if (key !== null) localStorage.setItem(keyShelf, made)
}

/**
 * The device id, so that a sign-in, the challenge it meets and its answer come from one device;
 * whether the device is known to a customer, the server decides.
 */
function deviceId(): string {
  const kept = localStorage.getItem(handShelf) ?? localStorage.getItem(shelf)
  if (kept !== null && isId(kept)) return kept
  const made = `dev_${freshKey().replace('web-', '')}`
  localStorage.setItem(shelf, made)
  return made
}

function isId(kept: string): boolean {
  return /^dev_[0-9A-Za-z_-]{1,64}$/.test(kept)
}

/** How this browser introduces itself at a sign-in, with its key where it has one. */
export function introduction(): { id: string; name: string; public_key?: string } {
  const id = deviceId()
  const own = key !== null && key.deviceId === id ? { public_key: key.publicKey } : {}
  return { id, name: deviceName(), ...own }
}

/** This device's word for what these bytes say: signed where it has a key. */
export async function deviceWord(text: string): Promise<{ signature?: string }> {
  if (key === null || key.deviceId !== deviceId()) return {}
  return { signature: await signWith(key, text) }
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
