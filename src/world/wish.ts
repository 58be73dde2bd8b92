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

/** Whose money a wish needs untouched by others, and whose it changes for those after it. */
export function touchedBy(
  { who, deed }: Wish,
  isPerson: (key: number) => boolean,
): { needs: readonly number[]; touches: readonly number[] } {
  if (deed.kind !== 'pay') return { needs: [who], touches: [who] }
  // What a shop sells goes to its payable: any number at once.
  const paid = isPerson(deed.payee) ? [deed.payee] : []
  return { needs: [who, ...paid], touches: deed.bulk === true ? paid : [who, ...paid] }
}
