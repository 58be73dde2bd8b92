import type { Sql } from '#database'
import type { PassingFailure } from './passing-failure.ts'

export type PartnerName = 'carrier' | 'bank' | 'fund' | 'insurer' | 'identity'

/** Which partners are out of order. Kept in the database, read once: every call asks. */
export interface Faults {
  of(partner: PartnerName): PassingFailure | undefined
  /** Null: in order again. */
  set(partner: PartnerName, fault: PassingFailure | null): Promise<void>
}

export async function createFaults(sql: Sql): Promise<Faults> {
  const rows = await sql<{ partner: PartnerName; fault: PassingFailure }[]>`
    select partner, fault from partners.fault`
  const current = new Map(rows.map(({ partner, fault }) => [partner, fault]))
  return {
    of: (partner) => current.get(partner),
    async set(partner, fault) {
      if (fault === null) {
        await sql`delete from partners.fault where partner = ${partner}`
        current.delete(partner)
        return
      }
      await sql`
        insert into partners.fault (partner, fault) values (${partner}, ${fault})
        on conflict (partner) do update set fault = excluded.fault`
      current.set(partner, fault)
    },
  }
}
