import type { Actor, FlowProblem } from '#flows'
import { fail, type Result } from '#kernel'
import type { Payment } from '#wallet'
import { actorOf, type Life, type Seen } from './life.ts'
import { count, type Tally, type WorldParts } from './parts.ts'
import { createSignOn, type SignOn } from './sign-on.ts'

export interface PayWish {
  /** Customer's id. */
  readonly payee: string
  /** Fen. */
  readonly amount: bigint
  readonly source: 'wallet' | 'fund'
  readonly memo: string | null
}

/** What people do with the app. null or false: refused, and counted; nothing here throws for it. */
export interface Hands extends SignOn {
  /** Runs something as this customer, signing in first if he has to. */
  as<T>(
    life: Life,
    work: (actor: Actor) => Promise<Result<T, FlowProblem>>,
    seen?: Seen,
  ): Promise<Result<T, FlowProblem>>
  /** Pays; tops up from the bank when money is short. Does not answer challenges. */
  pay(life: Life, wish: PayWish, seen?: Seen): Promise<Payment | null>
  /** Answers a challenge on the phone in use, or on the older one while that alone is trusted. */
  confirm(life: Life, payment: Payment): Promise<boolean>
  /** Pays and answers the challenge if there is one, as honest people do. */
  payAndConfirm(life: Life, wish: PayWish, seen?: Seen): Promise<Payment | null>
  topUp(life: Life, amount: bigint): Promise<boolean>
  save(life: Life, most: bigint): Promise<boolean>
  redeem(life: Life, amount: bigint, speed: 'fast' | 'normal'): Promise<boolean>
  withdraw(life: Life, amount: bigint): Promise<boolean>
  /** Fen free in the wallet and in the fund. */
  money(life: Life): Promise<{ wallet: bigint; fund: bigint }>
}

export function createHands(parts: WorldParts, tally: Tally): Hands {
  const { flows, context } = parts
  const signOn = createSignOn(parts, tally)
  const requestId = () => context.ids.next('req')

  const as: Hands['as'] = async (life, work, seen) => {
    for (let attempt = 0; ; attempt += 1) {
      if (life.session === null && !(await signOn.signIn(life))) {
        return fail({ code: 'sign_in_required' })
      }
      const { session } = life
      if (session === null) return fail({ code: 'sign_in_required' })
      const done = await work(actorOf(life, session, seen))
      if (done.ok) return done
      const expired = done.error.code === 'session_expired'
      if (!expired || attempt > 0) {
        if (done.error.code !== 'insufficient_funds') count(tally, done.error.code)
        return done
      }
      // Another request of his may have signed in again meanwhile.
      if (life.session === session) life.session = null
    }
  }

  async function topUp(life: Life, amount: bigint): Promise<boolean> {
    const { bankAccountId } = life
    if (bankAccountId === null) return false
    const wish = () => ({ requestId: requestId(), bankAccountId, amount })
    return (await as(life, (actor) => flows.topUp(actor, wish()))).ok
  }

  async function payOnce(life: Life, wish: PayWish, seen?: Seen) {
    return as(life, (actor) => flows.pay(actor, { ...wish, requestId: requestId() }), seen)
  }

  const pay: Hands['pay'] = async (life, wish, seen) => {
    let paid = await payOnce(life, wish, seen)
    if (isShort(paid) && wish.source === 'fund') {
      paid = await payOnce(life, { ...wish, source: 'wallet' }, seen)
    }
    if (isShort(paid) && (await topUp(life, bankSum(wish.amount)))) {
      paid = await payOnce(life, { ...wish, source: 'wallet' }, seen)
    }
    if (isShort(paid)) count(tally, 'insufficient_funds')
    return paid.ok ? paid.value.payment : null
  }

  const confirm: Hands['confirm'] = async (life, { id: paymentId }) => {
    const { password } = life.party
    const approve = (actor: Actor) =>
      flows.approvePayment(actor, { requestId: requestId(), paymentId, password })
    const { older } = life
    if (older !== null && (await approve(actorOf(life, older))).ok) return true
    return (await as(life, approve)).ok
  }

  async function money({ customerId }: Life) {
    const { available, holding } = await flows.readWallet({ customerId })
    return { wallet: available, fund: holding.available }
  }

  return {
    ...signOn,
    as,
    pay,
    confirm,
    topUp,
    money,
    async payAndConfirm(life, wish, seen) {
      const paid = await pay(life, wish, seen)
      if (paid?.state === 'challenged') await confirm(life, paid)
      return paid
    },
    async save(life, most) {
      const spare = (await money(life)).wallet - (life.party.habits?.cushion ?? 0n)
      const amount = wholeHundreds(spare < most ? spare : most)
      if (amount <= 0n) return false
      const wish = { requestId: requestId(), amount }
      return (await as(life, (actor) => flows.subscribe(actor, wish))).ok
    },
    async redeem(life, amount, speed) {
      const wish = { requestId: requestId(), amount, speed }
      const done = await as(life, (actor) => flows.redeem(actor, wish))
      if (!done.ok || done.value.order.state !== 'challenged') return done.ok
      const orderId = done.value.order.id
      return (await as(life, (actor) => flows.approveRedemption(actor, { orderId }))).ok
    },
    async withdraw(life, amount) {
      const { bankAccountId } = life
      if (bankAccountId === null) return false
      const wish = { requestId: requestId(), bankAccountId, amount }
      return (await as(life, (actor) => flows.withdraw(actor, wish))).ok
    },
  }
}

function isShort(result: Result<unknown, FlowProblem>): boolean {
  return !result.ok && result.error.code === 'insufficient_funds'
}

/** What people bring from the bank when they are short: more than they need, and round. */
function bankSum(needed: bigint): bigint {
  return wholeHundreds(needed + needed / 2n) + 500_00n
}

function wholeHundreds(amount: bigint): bigint {
  return (amount / 100_00n) * 100_00n
}
