import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { codeOf, openLedgerStage, places, stageStart, type LedgerStage } from './ledger-stage.ts'

/*
 * Bugs that other ledgers have had, each as a test on both stores. Amounts in fen.
 */
for (const { name, open } of places) {
  describe(`bugs of other ledgers, on ${name}`, () => {
    let stage: LedgerStage
    before(async () => {
      stage = await openLedgerStage(open)
      await stage.open('1010', '3010', '5030')
    })
    after(() => stage.close())

    const wallets = (amount: bigint) => stage.wallets(amount)
    const pay = (debit: string, credit: string, amount: bigint) => stage.pay(debit, credit, amount)
    const reserve = (id: string, [from, to]: [string, string], amount: bigint) =>
      stage.done({ do: 'hold', id, legs: [{ debit: from, credit: to, amount }], expiresAt: null })
    const counters = async (id: string) => (await stage.place.counters()).get(id)

    it('holds count against the balance: of six times 1,000 on 5,000 five are held', async () => {
      const pair = await wallets(5_000n)
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, i) => reserve(`six-${i}`, pair, 1_000n)),
      )
      assert.deepEqual(answers.map(codeOf), [
        'held',
        'held',
        'held',
        'held',
        'held',
        'insufficient_funds',
      ])
      assert.equal(codeOf(await pay(pair[0], pair[1], 1n)), 'insufficient_funds')
      assert.equal((await counters(pair[0]))?.debitsPending, 5_000n)
    })

    it('money on its way in is not money to spend', async () => {
      const pair = await wallets(100n)
      await reserve('coming', pair, 100n)
      assert.equal(codeOf(await pay(pair[1], pair[0], 1n)), 'insufficient_funds')
      assert.equal((await counters(pair[1]))?.creditsPending, 100n)
    })

    it('a refund asked for twice is paid once, and says so the second time', async () => {
      const [buyer, shop] = await wallets(500n)
      await pay(buyer, shop, 500n)
      const legs = [{ debit: shop, credit: buyer, amount: 500n }]
      const refund = () =>
        stage.askAll([
          { do: 'hold', id: 'refund:1', legs, expiresAt: null },
          { do: 'post_hold', id: 'refund:1' },
        ])
      assert.deepEqual((await refund()).map(codeOf), ['held', 'posted'])
      assert.deepEqual((await refund()).map(codeOf), ['exists', 'hold_posted'])
      assert.equal(await stage.owes(buyer), 500n)
      assert.equal(await stage.owes(shop), 0n)
    })

    it('a second refund that is refused does not reverse the first', async () => {
      const [buyer, shop] = await wallets(300n)
      await pay(buyer, shop, 300n)
      const legs = [{ debit: shop, credit: buyer, amount: 300n }]
      await stage.done({ do: 'hold', id: 'refund:2', legs, expiresAt: null })
      assert.equal(codeOf(await stage.done({ do: 'post_hold', id: 'refund:2' })), 'posted')
      const entries = await stage.place.entries()
      assert.equal(codeOf(await stage.done({ do: 'post_hold', id: 'refund:2' })), 'hold_posted')
      assert.equal(codeOf(await stage.done({ do: 'void', id: 'refund:2' })), 'hold_posted')
      assert.equal(await stage.place.entries(), entries)
      assert.equal(await stage.owes(buyer), 300n)
    })

    it('a hold that was refused is never posted, not even when the money has come', async () => {
      const pair = await wallets(10n)
      const step = {
        do: 'hold',
        id: 'refused',
        expiresAt: null,
        legs: [{ debit: pair[0], credit: pair[1], amount: 11n }],
      } as const
      const first = await stage.ask(step, { id: 'refused-once' })
      await pay('1010', pair[0], 100n)
      assert.equal(codeOf(await stage.done({ do: 'post_hold', id: 'refused' })), 'hold_not_found')
      assert.equal(codeOf(await stage.done({ do: 'expire', id: 'refused' })), 'hold_not_found')
      const again = await stage.ask(step, { id: 'refused-once' })
      assert.ok(first.status === 'done' && again.status === 'done')
      assert.deepEqual(again.output, first.output)
      assert.equal(again.replayed, true)
      assert.equal(await stage.owes(pair[1]), 0n)
    })

    it('a hold voided twice frees its money once', async () => {
      const pair = await wallets(50n)
      await reserve('twice', pair, 30n)
      await reserve('other', pair, 20n)
      const both = await Promise.all([
        stage.done({ do: 'void', id: 'twice' }),
        stage.done({ do: 'void', id: 'twice' }),
      ])
      assert.deepEqual(both.map(codeOf), ['voided', 'hold_voided'])
      assert.equal((await counters(pair[0]))?.debitsPending, 20n)
      assert.equal(codeOf(await pay(pair[0], pair[1], 31n)), 'insufficient_funds')
      assert.equal(codeOf(await pay(pair[0], pair[1], 30n)), 'posted')
    })

    it('two partial posts at once cannot pass the amount held', async () => {
      const pair = await wallets(100n)
      await reserve('parts', pair, 60n)
      const both = await Promise.all([
        stage.done({ do: 'post_hold', id: 'parts', amount: 40n }),
        stage.done({ do: 'post_hold', id: 'parts', amount: 40n }),
      ])
      assert.deepEqual(both.map(codeOf), ['posted', 'hold_posted'])
      assert.equal(await stage.owes(pair[1]), 40n)
      // The rest of the hold is free again.
      assert.equal((await counters(pair[0]))?.debitsPending, 0n)
      await reserve('less', pair, 10n)
      const more = await stage.done({ do: 'post_hold', id: 'less', amount: 11n })
      assert.equal(codeOf(more), 'amount_exceeds_hold')
    })

    it('two of several parts at once cannot pass what is left of the hold', async () => {
      const pair = await wallets(100n)
      await reserve('several', pair, 60n)
      const part = (amount: bigint, final = false) =>
        stage.done({ do: 'post_hold', id: 'several', amount, final })
      assert.equal(codeOf(await part(15n)), 'posted')
      const racing = await Promise.all([part(30n), part(30n), part(16n), part(16n)])
      assert.deepEqual(racing.map(codeOf), [
        'posted',
        'amount_exceeds_hold',
        'amount_exceeds_hold',
        'amount_exceeds_hold',
      ])
      assert.equal((await counters(pair[0]))?.debitsPending, 15n)
      // What is left stays reserved, and only that: 40 of 55 are free.
      assert.equal(codeOf(await pay(pair[0], pair[1], 41n)), 'insufficient_funds')
      assert.equal(codeOf(await part(5n, true)), 'posted')
      assert.equal(codeOf(await part(1n)), 'hold_posted')
      assert.equal((await counters(pair[0]))?.debitsPending, 0n)
      assert.equal(await stage.owes(pair[1]), 50n)
      assert.equal(await stage.owes(pair[0]), 50n)
    })

    it('parts that use a hold up end it; what parts have left is voided once', async () => {
      const pair = await wallets(100n)
      await reserve('used-up', pair, 60n)
      const part = (id: string, amount: bigint) =>
        stage.done({ do: 'post_hold', id, amount, final: false })
      await part('used-up', 20n)
      assert.equal(codeOf(await part('used-up', 40n)), 'posted')
      assert.equal(codeOf(await part('used-up', 1n)), 'hold_posted')
      await reserve('given-up', pair, 40n)
      await part('given-up', 10n)
      const both = await Promise.all([
        stage.done({ do: 'void', id: 'given-up' }),
        stage.done({ do: 'void', id: 'given-up' }),
      ])
      assert.deepEqual(both.map(codeOf), ['voided', 'hold_voided'])
      assert.equal((await counters(pair[0]))?.debitsPending, 0n)
      assert.equal(await stage.owes(pair[0]), 30n)
    })

    it('a closed account takes part in nothing until it is opened again', async () => {
      const pair = await wallets(20n)
      const [a, b] = pair
      const turn = async (what: 'close' | 'reopen', account: string) =>
        codeOf(await stage.done({ do: what, account }))
      await reserve('closing', pair, 5n)
      assert.equal(await turn('close', a), 'balance_not_zero')
      assert.equal(await turn('close', b), 'holds_pending')
      assert.equal(await turn('reopen', b), 'account_not_closed')
      await stage.done({ do: 'void', id: 'closing' })
      const racing = [turn('close', b), turn('close', b), pay(a, b, 1n).then(codeOf)]
      assert.deepEqual(await Promise.all(racing), ['close', 'account_closed', 'account_closed'])
      assert.equal(await turn('reopen', b), 'reopen')
      assert.equal(codeOf(await pay(a, b, 20n)), 'posted')
      assert.equal(await turn('close', a), 'close')
    })

    it('cancelling a hold on an account below zero keeps every sum', async () => {
      const [wallet] = await wallets(0n)
      // 3010 has no floor: it is below zero on its own side once it has given.
      await pay('3010', wallet, 70n)
      const before = await counters('3010')
      await stage.done({
        do: 'hold',
        id: 'overdraft',
        expiresAt: null,
        legs: [{ debit: '3010', credit: wallet, amount: 30n }],
      })
      assert.equal(codeOf(await stage.done({ do: 'void', id: 'overdraft' })), 'voided')
      assert.deepEqual(await counters('3010'), before)
      const sums = await stage.place.counters()
      let posted = 0n
      let pending = 0n
      for (const each of sums.values()) {
        posted += each.debits - each.credits
        pending += each.debitsPending - each.creditsPending
      }
      assert.equal(posted, 0n)
    })

    it('every accepted entry is in the balance', async () => {
      const [payer, payee] = await wallets(1_000n)
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, i) => pay(payer, payee, BigInt(1 + (i % 9)))),
      )
      const accepted = answers.reduce(
        (sum, answer) => sum + ('moved' in answer ? (answer.moved[0] ?? 0n) : 0n),
        0n,
      )
      assert.equal(await stage.owes(payee), accepted)
      assert.equal(await stage.owes(payer), 1_000n - accepted)
      const postings = await stage.place.postings(payee)
      assert.equal(postings.length, answers.filter((answer) => 'ok' in answer).length)
      assert.equal(
        postings.reduce((sum, amount) => sum - amount, 0n),
        accepted,
      )
    })

    it('the same id twice in one batch moves money once and answers both alike', async () => {
      const [payer, payee] = await wallets(100n)
      const step = { do: 'post', legs: [{ debit: payer, credit: payee, amount: 60n }] } as const
      const both = await Promise.all([
        stage.ask(step, { id: 'same-batch' }),
        stage.ask(step, { id: 'same-batch' }),
      ])
      for (const answer of both) {
        assert.ok(answer.status === 'done')
        assert.deepEqual(answer.output, { ok: 'posted', moved: [60n] })
      }
      assert.equal(await stage.owes(payee), 60n)
    })

    it('a retry rebuilt from live balances moves what the first one moved', async () => {
      const [payer, payee] = await wallets(100n)
      const sweep = (amount: bigint) =>
        stage.ask(
          { do: 'post', legs: [{ debit: payer, credit: payee, amount, balancing: 'debit' }] },
          { id: 'sweep', content: { sweep: payer } },
        )
      const first = await sweep(100n)
      await pay('1010', payer, 40n)
      const retry = await sweep(40n)
      assert.ok(first.status === 'done' && retry.status === 'done')
      assert.deepEqual(retry.output, first.output)
      assert.equal(retry.replayed, true)
      assert.equal(await stage.owes(payee), 100n)
      assert.equal(await stage.owes(payer), 40n)
    })

    it('the same id with another body is refused in words, and moves nothing', async () => {
      const [payer, payee] = await wallets(100n)
      const legs = [{ debit: payer, credit: payee, amount: 10n }]
      await stage.ask({ do: 'post', legs }, { id: 'reused' })
      const other = [{ debit: payer, credit: payee, amount: 90n }]
      assert.deepEqual(await stage.ask({ do: 'post', legs: other }, { id: 'reused' }), {
        status: 'id_reused',
      })
      assert.equal(await stage.owes(payee), 10n)
    })

    it('of fifty at once exactly seven pass a limit that allows seven, every time', async () => {
      for (let round = 0; round < 10; round += 1) {
        const pair = await wallets(700n)
        const answers = await Promise.all(
          Array.from({ length: 50 }, (_, i) =>
            i % 2 === 0 ? pay(pair[0], pair[1], 100n) : reserve(`${pair[0]}-${i}`, pair, 100n),
          ),
        )
        assert.equal(answers.filter((answer) => 'ok' in answer).length, 7)
        const { debits = 0n, debitsPending = 0n } = (await counters(pair[0])) ?? {}
        assert.equal(debits + debitsPending, 700n)
      }
    })

    it('a hold past its deadline counts as ended, whether or not a job came round', async () => {
      const pair = await wallets(100n)
      const expiresAt = stage.clock.now() + 1_000
      const legs = [{ debit: pair[0], credit: pair[1], amount: 100n }]
      await stage.done({ do: 'hold', id: 'late', legs, expiresAt })
      assert.equal(codeOf(await stage.done({ do: 'expire', id: 'late' })), 'hold_not_due')
      stage.clock.set(expiresAt)
      assert.equal(codeOf(await stage.done({ do: 'post_hold', id: 'late' })), 'hold_expired')
      assert.equal(codeOf(await stage.done({ do: 'void', id: 'late' })), 'hold_expired')
      assert.equal(codeOf(await stage.done({ do: 'expire', id: 'late' })), 'expired')
      assert.equal(codeOf(await stage.done({ do: 'expire', id: 'late' })), 'hold_expired')
      assert.equal(codeOf(await pay(pair[0], pair[1], 100n)), 'posted')
    })

    it('a hold that would pay from an account before funding it is a defect', async () => {
      const pair = await wallets(100n)
      const [a, b] = pair
      const through = [
        { debit: '1010', credit: a, amount: 50n },
        { debit: a, credit: b, amount: 50n },
      ]
      const legs = through.toReversed()
      await assert.rejects(
        stage.done({ do: 'hold', id: 'order', legs, expiresAt: null }),
        /pays before it is funded/,
      )
      const held = await stage.done({ do: 'hold', id: 'chain', legs: through, expiresAt: null })
      assert.equal(codeOf(held), 'held')
      // All of the wallet's own money may go meanwhile: the hold can still be posted.
      await pay(a, b, 100n)
      assert.equal(codeOf(await stage.done({ do: 'post_hold', id: 'chain' })), 'posted')
      assert.equal(await stage.owes(b), 150n)
    })

    it('legs without an amount, or within one account, are defects and move nothing', async () => {
      const [a, b] = await wallets(10n)
      const legs = [{ debit: a, credit: b, amount: 0n }]
      await assert.rejects(stage.done({ do: 'post', legs }), /must be positive/)
      await assert.rejects(
        stage.done({ do: 'hold', id: 'none', legs, expiresAt: null }),
        /must be positive/,
      )
      await assert.rejects(pay(a, a, 1n), /two accounts/)
      const expiresAt = stageStart
      const one = [{ debit: a, credit: b, amount: 1n }]
      await assert.rejects(stage.done({ do: 'hold', id: 'past', legs: one, expiresAt }), /deadline/)
      assert.equal(await stage.owes(a), 10n)
    })
  })
}
