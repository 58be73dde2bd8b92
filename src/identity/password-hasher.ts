import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto'
import { hash, verify, type Algorithm } from '@node-rs/argon2'
import { invariant } from '#kernel'

/** What a keyed hash is for: one made for a purpose fits no other. */
export type FingerprintPurpose = 'id_number' | 'code' | 'text' | 'challenge' | 'recovery_code'

/** What people choose as secrets, made fit to be kept. Slow: never inside a command. */
export interface PasswordHasher {
  /** argon2id, with its parameters and a random salt in the text. */
  hash(password: string): Promise<string>
  /** False too for a text that is no hash. */
  verify(passwordHash: string, password: string): Promise<boolean>
  /** Costs as much time as a real check and fails: for customers who do not exist. */
  verifyNothing(password: string): Promise<false>
  /**
   * Keyed hash (HMAC-SHA-256) of something short enough to be guessed (an ID number, a code), or
   * our seal under something that comes back to us (a challenge).
   */
  fingerprint(purpose: FingerprintPurpose, text: string): string
  /**
   * Encrypts (AES-256-GCM under a key made from the pepper) what we must be able to read again.
   * `nonce`: 12 random bytes, never the same twice; `owner` must be named again to open it.
   */
  seal(text: string, bound: { nonce: Uint8Array; owner: string }): string
  /** null: sealed under another key, for another owner, or changed. */
  unseal(sealed: string, owner: string): string | null
}

export interface PasswordHasherOptions {
  /** OWASP's floor is 19,456 KiB with 2 iterations. */
  readonly memoryKiB: number
  readonly iterations: number
  /** Key of the fingerprints, kept apart from the database; at least 16 characters. */
  readonly pepper: string
}

export function createPasswordHasher(options: PasswordHasherOptions): PasswordHasher {
  const { memoryKiB, iterations, pepper } = options
  invariant(pepper.length >= 16, 'the pepper has at least 16 characters')
  const cost = {
    algorithm: 2 satisfies Algorithm.Argon2id,
    memoryCost: memoryKiB,
    timeCost: iterations,
    parallelism: 1,
  }
  const sealKey = new Uint8Array(hkdfSync('sha256', pepper, '', 'coffer seal v1', 32))
  let decoy: Promise<string> | null = null

  async function fits(passwordHash: string, password: string): Promise<boolean> {
    try {
      return await verify(passwordHash, password)
    } catch {
      return false
    }
  }

  return {
    hash: (password) => hash(password, cost),
    verify: fits,
    async verifyNothing(password) {
      decoy ??= hash('nobody has this password', cost)
      await fits(await decoy, password)
      return false
    },
    fingerprint: (purpose, text) =>
      createHmac('sha256', pepper).update(`${purpose}:${text}`).digest('hex'),
    seal(text, { nonce, owner }) {
      invariant(nonce.length === 12, 'a nonce has 12 bytes')
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce).setAAD(Buffer.from(owner))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      const parts = [nonce, cipher.getAuthTag(), body]
      return `v1.${parts.map((part) => Buffer.from(part).toString('base64url')).join('.')}`
    },
    unseal(sealed, owner) {
      const [version, nonce = '', tag = '', body = ''] = sealed.split('.')
      if (version !== 'v1') return null
      const bytes = (text: string) => Buffer.from(text, 'base64url')
      try {
        const cipher = createDecipheriv('aes-256-gcm', sealKey, bytes(nonce), { authTagLength: 16 })
        cipher.setAAD(Buffer.from(owner)).setAuthTag(bytes(tag))
        return cipher.update(bytes(body), undefined, 'utf8') + cipher.final('utf8')
      } catch {
        return null
      }
    },
  }
}
