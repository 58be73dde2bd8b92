import { randomFillSync } from 'node:crypto'
import { type Random, randomFrom } from './random.ts'

/** A system call for every id cost more than the id: bytes are fetched for some hundred at a time. */
const store = Buffer.alloc(4_096)
let used = store.length

/** Bytes nobody else gets; they are wiped from the store as they leave it. */
function take(length: number): Uint8Array {
  if (length > store.length) return randomFillSync(new Uint8Array(length))
  if (used + length > store.length) {
    randomFillSync(store)
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
