import type { Hands } from './hands.ts'
import type { Life } from './life.ts'
import type { Truth } from './scene.ts'
import type { Wish } from './wish.ts'

/** Has an ordinary wish done. Refusals are part of life: nothing is thrown for them. */
export async function doWish(
  { hands, lives, truth }: { hands: Hands; lives: ReadonlyMap<number, Life>; truth: Truth },
  { who, deed }: Wish,
): Promise<void> {
  const life = lives.get(who)
  if (life === undefined) return
  switch (deed.kind) {
    case 'pay': {
      const payee = lives.get(deed.payee)
      if (payee === undefined) return
      const { amount, source, memo } = deed
      const paid = await hands.payAndConfirm(life, {
        payee: payee.customerId,
        amount,
        source,
        memo,
      })
      if (paid?.state === 'held') truth.set(paid.id, 'honest')
      return
    }
    case 'top_up':
      await hands.topUp(life, deed.amount)
      return
    case 'save':
      await hands.save(life, deed.most)
      return
    case 'redeem':
      await hands.redeem(life, deed.amount, deed.speed)
      return
    case 'withdraw':
      await hands.withdraw(life, deed.amount)
      return
    case 'sign_in':
      await hands.signIn(life)
      return
  }
}
