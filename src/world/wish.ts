/** Something a party wants to do at a time of day. Amounts in fen. */
export interface Wish {
  /** Milliseconds since local midnight. */
  readonly at: number
  /** The party's key. */
  readonly who: number
  readonly deed: Deed
}

export type Deed =
  | {
      readonly kind: 'pay'
      readonly payee: number
      readonly amount: bigint
      readonly source: 'wallet' | 'fund'
      readonly memo: string | null
      /** One of many payments of a firm that go out at once: its balance suffices for all. */
      readonly bulk?: boolean
    }
  | { readonly kind: 'top_up'; readonly amount: bigint }
  /** Put into the fund what is there beyond the cushion, at most this much. */
  | { readonly kind: 'save'; readonly most: bigint }
  | { readonly kind: 'redeem'; readonly amount: bigint; readonly speed: 'fast' | 'normal' }
  | { readonly kind: 'withdraw'; readonly amount: bigint }
  | { readonly kind: 'sign_in' }

/**
 * Wishes that may be done at the same time, group after group: within a group nobody's money is
 * touched twice. So the outcome of a day follows from its plan, however the requests race.
 */
export function wavesOf(wishes: readonly Wish[], isPerson: (key: number) => boolean): Wish[][] {
  const waves: Wish[][] = []
  const nextWave = new Map<number, number>()
  for (const wish of wishes) {
    const { who, deed } = wish
    const bulk = deed.kind === 'pay' && deed.bulk === true
    // What a shop sells goes to its payable: any number at once.
    const paid = deed.kind === 'pay' && isPerson(deed.payee) ? [deed.payee] : []
    const place = Math.max(...[who, ...paid].map((key) => nextWave.get(key) ?? 0))
    for (const key of bulk ? paid : [who, ...paid]) nextWave.set(key, place + 1)
    const wave = waves[place]
    if (wave === undefined) waves[place] = [wish]
    else wave.push(wish)
  }
  return waves
}
