import type { Clock, Instant } from '#kernel'
import type { Carrier, CarrierAnswer } from './port.ts'

export interface CarrierMemoryOptions {
  readonly clock: Clock
  /** An answer younger than this is given again; default 60 s. */
  readonly freshMs?: number
  /** Answers kept at most; the oldest goes first. Default 10,000. */
  readonly capacity?: number
}

interface Kept {
  readonly at: Instant
  readonly answer: Promise<CarrierAnswer<boolean>>
}

/**
 * The same carrier, asked once a minute about the same thing: a thief who hammers a sign-in does
 * not use up our quota. Only the three yes-or-no questions are kept, each with the instant it was
 * asked (`at`), so that its age stays a fact. A silence is not kept: the next one asks again.
 */
export function rememberCarrier(carrier: Carrier, options: CarrierMemoryOptions): Carrier {
  const { clock, freshMs = 60_000, capacity = 10_000 } = options
  const kept = new Map<string, Kept>()

  async function dated(
    key: string,
    ask: () => Promise<CarrierAnswer<boolean>>,
  ): Promise<CarrierAnswer<boolean>> {
    const now = clock.now()
    const before = kept.get(key)
    // A clock set back makes an answer from the future: ask again.
    const usable = before !== undefined && now >= before.at && now - before.at < freshMs
    const { at, answer } = usable ? before : keep(key, { at: now, answer: ask() })
    const given = await answer
    if ('unknown' in given) {
      if (kept.get(key)?.answer === answer) kept.delete(key)
      return given
    }
    return { ...given, at }
  }

  function keep(key: string, asked: Kept): Kept {
    kept.delete(key)
    kept.set(key, asked)
    const [oldest] = kept.keys()
    if (kept.size > capacity && oldest !== undefined) kept.delete(oldest)
    return asked
  }

  return {
    ...carrier,
    checkSimSwap: (query) =>
      dated(`sim ${query.maxAgeHours} ${query.phone}`, () => carrier.checkSimSwap(query)),
    checkDeviceSwap: (query) =>
      dated(`device ${query.maxAgeHours} ${query.phone}`, () => carrier.checkDeviceSwap(query)),
    callForwarding: (query) =>
      dated(`forwarding ${query.phone}`, () => carrier.callForwarding(query)),
  }
}
