import { type Instant, encodeJson } from '#kernel'
import { defineRecord } from './record.ts'

/** The stored answer to a request: the same id never gets another one. */
export interface RequestRecord {
  /** `owner/id` */
  id: string
  /** See `digestOf`. */
  digest: bigint
  /** The answer, as JSON with bigint. */
  outcome: string
  at: Instant
}

export const requestRecord = defineRecord<RequestRecord>({
  name: 'commit.request',
  key: 'id',
  fields: { id: 'text', digest: 'bigint', outcome: 'text', at: 'instant' },
  shortLived: true,
})

/**
 * Fingerprint of what a client asked for, kept with the answer for as long as that is: never change
 * it. Two mixed sums of 32 bits: by chance two contents agree once in 2^64, and a client that makes
 * them agree on purpose gets its own earlier answer again. SHA-256 took 2 % of a payment's time.
 */
export function digestOf(commandName: string, content: unknown): bigint {
  const text = `${commandName}\n${encodeJson(content)}`
  let left = 0x2f6b_4a1d
  let right = 0x7c15_9e35
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    left = Math.imul(left ^ unit, 0x0100_0193)
    left ^= left >>> 15
    right = Math.imul(right + unit, 0x85eb_ca6b)
    right ^= right >>> 13
  }
  halves[0] = scattered(left ^ Math.imul(right, 0x9e37_79b1))
  halves[1] = scattered(right + text.length)
  return whole[0] ?? 0n
}

const halves = new Int32Array(2)
const whole = new BigInt64Array(halves.buffer)

/** Spreads every bit of a sum over all of them. */
function scattered(sum: number): number {
  let bits = Math.imul(sum ^ (sum >>> 16), 0x85eb_ca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2_ae35)
  return bits ^ (bits >>> 16)
}
