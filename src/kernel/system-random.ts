import { randomBytes } from 'node:crypto'
import { type Random, randomFrom } from './random.ts'

/** A system call for every id cost more than the id: bytes are fetched for hundreds at a time. */
const size = 4_096
let store = randomBytes(size)
let used = 0

/** Bytes nobody else gets; they are wiped from the store as they leave it. */
function take(length: number): Uint8Array {
  if (length > size) return Uint8Array.from(randomBytes(length))
  if (used + length > size) {
    store = randomBytes(size)
    used = 0
  }
  const taken = Uint8Array.from(store.subarray(used, used + length))
  store.fill(0, used, used + length)
  used += length
  return taken
}

/** Cryptographically strong randomness: the one to use for secrets, codes, sessions and ids. */
export const systemRandom: Random = randomFrom(
  () => Buffer.from(take(6).buffer).readUIntBE(0, 6) / 2 ** 48,
  take,
)
