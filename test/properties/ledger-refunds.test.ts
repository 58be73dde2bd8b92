import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { codeOf, openLedgerStage, places, type LedgerStage } from './ledger-stage.ts'

/*
 * Corrections by new entries, and several acts as one, on both stores. Amounts in fen.
 */
for (const { name, open } of places) {
  describe(`refunds and chains, on ${name}`, () => {
    let stage: LedgerStage
    before(async () => {
      stage = await openLedgerStage(open)
      await stage.open('1010', '3010', '5030')
    })
    after(() => stage.close())

    const wallets = (amount: bigint) => stage.wallets(amount)
    const pay = (debit: string, credit: string, amount: bigint) => stage.pay(debit, credit, amount)

    it('an entry is refunded once: asked again, the first refund is the answer', async () => {
      const [buyer, shop] = await wallets(200n)
      await stage.done({
        do: 'post',
        ref: `order:${buyer}`,
        legs: [{ debit: buyer, credit: shop, amount: 150n }],
      })
      await stage.learn()
      const refund = () => stage.done({ do: 'reverse', ref: `order:${buyer}` })
      const entries = await stage.place.entries()
      const three = await Promise.all([refund(), refund(), refund()])
      assert.deepEqual(three.map(codeOf), ['reversed', 'repeat', 'repeat'])
      for (const each of three) assert.ok('moved' in each && each.moved[0] === 150n)
      assert.equal(codeOf(await refund()), 'repeat')
      assert.equal(await stage.place.entries(), entries + 1)
      assert.equal(await stage.owes(buyer), 200n)
      assert.equal(await stage.owes(shop), 0n)
    })

    it('a refund that was refused has undone nothing, and may be made later', async () => {
      const [buyer, shop] = await wallets(80n)
      const ref = `sale:${buyer}`
      await stage.done({ do: 'post', ref, legs: [{ debit: buyer, credit: shop, amount: 80n }] })
      await pay(shop, '1010', 30n)
      await stage.learn()
      const refund = () => stage.done({ do: 'reverse', ref })
      assert.equal(codeOf(await refund()), 'insufficient_funds')
      assert.equal(await stage.owes(shop), 50n)
      await pay('1010', shop, 30n)
      assert.deepEqual([codeOf(await refund()), codeOf(await refund())], ['reversed', 'repeat'])
      assert.equal(await stage.owes(buyer), 80n)
    })

    it('a refund of a refund moves the money again, once', async () => {
      const [buyer, shop] = await wallets(40n)
      const ref = `mistake:${buyer}`
      const legs = [
        { debit: buyer, credit: shop, amount: 30n },
        { debit: shop, credit: '5030', amount: 10n },
        { debit: buyer, credit: '3010', amount: 5n },
      ]
      await stage.done({ do: 'post', ref, legs })
      await stage.learn()
      assert.equal(codeOf(await stage.done({ do: 'reverse', ref })), 'reversed')
      assert.equal(await stage.owes(buyer), 40n)
      await stage.learn()
      const again = { do: 'reverse', ref: `${ref}-` } as const
      assert.equal(codeOf(await stage.done(again)), 'reversed')
      assert.equal(codeOf(await stage.done(again)), 'repeat')
      assert.equal(await stage.owes(buyer), 5n)
      assert.equal(await stage.owes(shop), 20n)
    })

    it('of a chain all links are done or none, also when many race for the money', async () => {
      const [payer, payee] = await wallets(1_000n)
      const [, third] = await wallets(0n)
      const chain = (amount: bigint) =>
        stage.done({
          do: 'chain',
          links: [
            { do: 'post', legs: [{ debit: payer, credit: payee, amount }] },
            { do: 'post', legs: [{ debit: payee, credit: third, amount: amount - 1n }] },
            { do: 'post', legs: [{ debit: payer, credit: third, amount }] },
          ],
        })
      const answers = await Promise.all(Array.from({ length: 10 }, () => chain(90n)))
      assert.deepEqual(answers.map(codeOf), [
        ...Array.from({ length: 5 }, () => 'chained'),
        ...Array.from({ length: 5 }, () => '2 insufficient_funds'),
      ])
      assert.equal(await stage.owes(payer), 100n)
      assert.equal(await stage.owes(payee), 5n)
      assert.equal(await stage.owes(third), 5n * 179n)
    })
  })
}
