import { randomBytes } from 'node:crypto'
import { type Random, randomFrom } from './random.ts'

/** Cryptographically strong randomness: the one to use for secrets, codes, sessions and ids. */
export const systemRandom: Random = randomFrom(
  () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
  (length) => new Uint8Array(randomBytes(length)),
)
