import type { Sql } from '#database'
import { addDays, type LocalDate } from '#kernel'
import type { FileRowOf } from './protocol-22.ts'

/** One record of an orders file as the agent keeps it. */
export interface AgentOrder {
  readonly serial: string
  readonly business: string
  readonly holder: string
  readonly target: string
  readonly orderedOn: LocalDate
  readonly amount: bigint
  readonly volume: bigint
}

export interface HolderUnits {
  readonly holder: string
  readonly units: bigint
  /** Of them asked to be redeemed and not confirmed. */
  readonly redeeming: bigint
}

/** The agent's register by holder: never a balance, always the sum of rows. */
export interface SimulatedHolders {
  /** False: the file had been taken before. */
  take(
    file: { name: string; sha256: string; takenAt: number },
    rows: readonly FileRowOf<'03'>[],
  ): Promise<boolean>
  /** In the order in which they were sent. */
  ordersOf(dealingDay: LocalDate): Promise<AgentOrder[]>
  dealingDays(): Promise<LocalDate[]>
  /** Handed over on that calendar day. */
  transfersOn(date: LocalDate): Promise<AgentOrder[]>
  move(
    rows: readonly { reference: string; holder: string; day: LocalDate; units: bigint }[],
  ): Promise<void>
  /**
   * Takes over holdings as they were at the end of a day, once: whatever is known of that day and
   * before is in them.
   */
  open(day: LocalDate, holdings: readonly { holder: string; units: bigint }[]): Promise<void>
  /** At the end of a day, by holder. */
  at(date: LocalDate): Promise<HolderUnits[]>
}

export function createSimulatedHolders(sql: Sql): SimulatedHolders {
  const columns = sql`serial, business, holder, target, ordered_on as "orderedOn", amount, volume`
  return {
    take: (file, rows) =>
      sql.begin(async (tx) => {
        const { name, sha256, takenAt } = file
        const first = await tx`
          insert into partners.agent_file (name, sha256, taken_at)
          values (${name}, ${sha256}, ${sql.typed.instant(takenAt)})
          on conflict (name) do nothing returning name`
        if (first.length === 0) return false
        for (const [number, row] of rows.entries()) {
          await tx`
            insert into partners.agent_order
              (serial, file, number, business, holder, target, ordered_on, amount, volume)
            values (${row.AppSheetSerialNo}, ${name}, ${number}, ${row.BusinessCode},
              ${row.TransactionAccountID}, ${row.TargetTransactionAccountID},
              ${row.TransactionDate}, ${row.ApplicationAmount}, ${row.ApplicationVol})
            on conflict (serial) do nothing`
        }
        return true
      }),
    ordersOf: (dealingDay) => sql<AgentOrder[]>`
      select ${columns} from partners.agent_order
      where ordered_on = ${dealingDay} and business <> '098' order by file, number`,
    async dealingDays() {
      const rows = await sql<{ day: LocalDate }[]>`
        select distinct ordered_on as day from partners.agent_order
        where business <> '098' order by day`
      return rows.map(({ day }) => day)
    },
    transfersOn: (date) => sql<AgentOrder[]>`
      select ${columns} from partners.agent_order
      where ordered_on = ${date} and business = '098' order by file, number`,
    async move(rows) {
      for (const { reference, holder, day, units } of rows) {
        await sql`
          insert into partners.agent_movement (reference, holder, day, units)
          values (${reference}, ${holder}, ${day}, ${units})
          on conflict (reference) do nothing`
      }
    },
    async open(day, holdings) {
      const opened = await sql`
        select from partners.agent_movement where reference like 'opening:%' limit 1`
      if (opened.length > 0) return
      for (const { holder, units } of holdings) {
        await sql`
          insert into partners.agent_movement (reference, holder, day, units)
          values (${`opening:${holder}`}, ${holder}, ${day}, ${units})`
      }
    },
    at: (date) => sql<HolderUnits[]>`
      select m.holder, sum(m.units)::int8 as units,
        coalesce((select sum(o.volume) from partners.agent_order o
          where o.holder = m.holder and o.business = '024' and o.ordered_on <= ${date}
            and not exists (select from partners.fund_dealing_day d
              where d.dealing_day = o.ordered_on and d.confirmation_day < ${addDays(date, 1)})),
          0)::int8 as redeeming
      from partners.agent_movement m
      where m.day <= ${date} and (m.reference like 'opening:%' or m.day > coalesce(
        (select max(day) from partners.agent_movement where reference like 'opening:%'),
        '-infinity'))
      group by m.holder having sum(m.units) <> 0 order by m.holder`,
  }
}
