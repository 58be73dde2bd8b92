import { createHmac } from 'node:crypto'
import { hash, verify, type Algorithm } from '@node-rs/argon2'
import { invariant } from '#kernel'

/** What a keyed hash is for: one made for a purpose fits no other. */
export type FingerprintPurpose = 'id_number' | 'code' | 'challenge' | 'recovery_code'

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
  }
}
