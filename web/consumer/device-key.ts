const database = 'coffer'
const store = 'device-keys'
/** An IndexedDB that another tab blocks must not keep anybody out. */
const patienceMs = 2_000
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const

/** A device's own key. Its private part cannot leave the browser: nobody, we included, reads it. */
export interface DeviceKey {
  readonly deviceId: string
  readonly privateKey: CryptoKey
  /** SPKI, base64url: as the server binds it. */
  readonly publicKey: string
}

/**
 * Makes a key for a device and keeps it; null where the browser can make or keep none (plain http
 * outside this machine, private windows of some browsers).
 */
export async function makeDeviceKey(deviceId: string): Promise<DeviceKey | null> {
  try {
    const pair = await crypto.subtle.generateKey(algorithm, false, ['sign'])
    const spki = await crypto.subtle.exportKey('spki', pair.publicKey)
    const made = { deviceId, privateKey: pair.privateKey, publicKey: base64url(spki) }
    await inStore('readwrite', (keys) => keys.put(made, deviceId))
    return made
  } catch {
    return null
  }
}

/** null: there is none under this id, or it cannot be read. */
export async function readDeviceKey(deviceId: string): Promise<DeviceKey | null> {
  try {
    const found = await inStore('readonly', (keys) => keys.get(deviceId) as IDBRequest<unknown>)
    return (found as DeviceKey | undefined) ?? null
  } catch {
    return null
  }
}

/** r and s, base64url, over the SHA-256 of the text. */
export async function signWith(key: DeviceKey, text: string): Promise<string> {
  const how = { name: 'ECDSA', hash: 'SHA-256' }
  const bytes = new TextEncoder().encode(text)
  return base64url(await crypto.subtle.sign(how, key.privateKey, bytes))
}

async function inStore<Found>(
  mode: IDBTransactionMode,
  work: (keys: IDBObjectStore) => IDBRequest<Found>,
): Promise<Found> {
  const opening = indexedDB.open(database, 1)
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(store))
  const opened = await answerOf(opening)
  try {
    return await answerOf(work(opened.transaction(store, mode).objectStore(store)))
  } finally {
    opened.close()
  }
}

function answerOf<Found>(request: IDBRequest<Found>): Promise<Found> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('the browser does not answer')), patienceMs)
    request.addEventListener('success', () => {
      clearTimeout(late)
      resolve(request.result)
    })
    request.addEventListener('error', () => {
      clearTimeout(late)
      reject(request.error ?? new Error('the browser refuses'))
    })
  })
}

function base64url(bytes: ArrayBuffer): string {
  const text = String.fromCharCode(...new Uint8Array(bytes))
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
