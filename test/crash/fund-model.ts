import assert from 'node:assert/strict'
import type { Database } from '#database'
import { advanceBank, sharesOf } from '#fund'
import type { LocalDate } from '#kernel'

/** What every holder should have, worked out apart from the server. */
export interface FundModel {
  /** Units earning now, by holder, the bank among them. */
  readonly units: Map<string, bigint>
  /** Shares out what the manager declared for a day. */
  credit(date: LocalDate): Promise<void>
  move(customerId: string, units: bigint): void
  /** Each holder's units to the fen, his income of each day once, nothing for anybody else. */
  prove(): Promise<void>
}

export function createFundModel(database: Database): FundModel {
  const units = new Map<string, bigint>()
  const paid = new Map<string, bigint>()

  async function declared(date: LocalDate): Promise<bigint> {
    const sql = database.connect('reader', { max: 1 })
    try {
      const [row] = await sql<{ income: bigint }[]>`
        select income from partners.fund_day where day = ${date}`
      assert.ok(row !== undefined, `${date} is declared`)
      return row.income
    } finally {
      await sql.end()
    }
  }

  return {
    units,
    move: (customerId, by) => units.set(customerId, (units.get(customerId) ?? 0n) + by),
    async credit(date) {
      const holders = [...units]
        .filter(([, own]) => own > 0n)
        .map(([customerId, own]) => ({ customerId, units: own, lossUnits: own }))
      const shared = sharesOf(await declared(date), holders)
      assert.ok(shared.ok)
      for (const { customerId, amount } of shared.value) {
        units.set(customerId, (units.get(customerId) ?? 0n) + amount)
        paid.set(`${date} ${customerId}`, amount)
      }
    },
    async prove() {
      const sql = database.connect('reader', { max: 1 })
      try {
        const held = await sql<{ owner: string; units: bigint }[]>`
          select coalesce(owner, ${advanceBank}) as owner,
            sum(credits_posted - debits_posted)::int8 as units
          from ledger.account where code in ('R201', 'R202', 'R203', 'R204', 'R205')
          group by 1 having sum(credits_posted - debits_posted) <> 0`
        const expected = new Map([...units].filter(([, own]) => own !== 0n))
        assert.deepEqual(new Map(held.map((row) => [row.owner, row.units])), expected)
        const incomes = await sql<{ key: string; amount: bigint; rows: number }[]>`
          select split_part(e.ref, '/', 1) || ' ' || coalesce(a.owner, ${advanceBank}) as key,
            sum(-p.amount)::int8 as amount, count(*)::int4 as rows
          from ledger.entry e join ledger.posting p on p.entry = e.number
            join ledger.account a on a.id = p.account
          where e.kind = 'fund_income' and a.code in ('R201', 'R202', 'R205') group by 1`
        assert.deepEqual(new Map(incomes.map((row) => [row.key, row.amount])), paid)
        assert.ok(
          incomes.every(({ rows }) => rows === 1),
          'nobody twice',
        )
      } finally {
        await sql.end()
      }
    },
  }
}
