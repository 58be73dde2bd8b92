import type { Sql } from '#database'
import type { Instant, LocalDate } from '#kernel'
import { maskName, maskPhone } from './mask.ts'
import type { Signal } from './sms-state.ts'

/** A customer as screens show him. */
export interface CustomerView {
  readonly id: string
  readonly kind: 'person' | 'merchant'
  readonly name: string
  readonly phone: string
  readonly phoneMasked: string
  readonly status: 'active' | 'frozen'
  readonly frozenAt: Instant | null
  readonly frozenBy: 'customer' | 'report' | 'operator' | null
  readonly frozenReason: string | null
  /** null: no register of persons has confirmed name and ID number. */
  readonly realNameCheckedAt: Instant | null
  readonly createdAt: Instant
  readonly passwordChangedAt: Instant | null
  readonly lastResetAt: Instant | null
  readonly forwarding: Signal
  readonly simSwap: Signal
  readonly silence: Signal
  readonly smsObservedAt: Instant | null
  readonly smsSignalAt: Instant | null
  readonly lastSignInAt: Instant | null
}

type CustomerRow = Omit<CustomerView, 'phoneMasked'>

function viewOf(row: CustomerRow): CustomerView {
  return { ...row, phoneMasked: maskPhone(row.phone) }
}

/** The customer with this id, or null. */
export async function findCustomer(sql: Sql, id: string): Promise<CustomerView | null> {
  const [found] = await findCustomers(sql, [id])
  return found ?? null
}

/** Those of the ids that are customers, in no particular order. */
export async function findCustomers(sql: Sql, ids: readonly string[]): Promise<CustomerView[]> {
  if (ids.length === 0) return []
  const rows = await sql<CustomerRow[]>`
    select id, kind, name, phone, status, frozen_at as "frozenAt", frozen_by as "frozenBy",
      frozen_reason as "frozenReason", created_at as "createdAt",
      real_name_checked_at as "realNameCheckedAt",
      password_changed_at as "passwordChangedAt", last_reset_at as "lastResetAt", forwarding,
      sim_swap as "simSwap", silence, sms_observed_at as "smsObservedAt",
      sms_signal_at as "smsSignalAt", last_sign_in_at as "lastSignInAt"
    from identity.customer where id = any(${[...ids]})`
  return rows.map(viewOf)
}

/** The id of the customer with this phone, or null. */
export async function customerIdByPhone(sql: Sql, phone: string): Promise<string | null> {
  const [row] = await sql<{ customerId: string }[]>`
    select customer_id as "customerId" from identity.phone where id = ${phone}`
  return row?.customerId ?? null
}

/** Somebody money may be sent to, named so that only who knows him recognises him. */
export interface Payee {
  readonly id: string
  readonly kind: 'person' | 'merchant'
  readonly name: string
  readonly maskedName: string
}

/** By phone or by customer id; null: nobody. Merchants are shown by their full name. */
export async function findPayee(sql: Sql, phoneOrId: string): Promise<Payee | null> {
  return (await findPayees(sql, [phoneOrId])).get(phoneOrId) ?? null
}

/** Those that there are, by the phone or customer id they were asked for. */
export async function findPayees(
  sql: Sql,
  phonesOrIds: readonly string[],
): Promise<ReadonlyMap<string, Payee>> {
  const phones = phonesOrIds.filter((each) => each.startsWith('+'))
  const ids = phonesOrIds.filter((each) => !each.startsWith('+'))
  const rows = await sql<{ asked: string; id: string; kind: Payee['kind']; name: string }[]>`
    select asked, c.id, kind, name from (
      select id as asked, customer_id from identity.phone where id = any(${phones})
      union all select unnest(${ids}::text[]) as asked, null
    ) wanted join identity.customer c on c.id = coalesce(customer_id, asked)`
  return new Map(
    rows.map(({ asked, id, kind, name }) => {
      return [asked, { id, kind, name, maskedName: kind === 'merchant' ? name : maskName(name) }]
    }),
  )
}

export interface CustomerCounts {
  readonly customers: number
  readonly merchants: number
  readonly frozen: number
  /** Years of having an account, summed over all customers, until `now`. */
  readonly accountYears: number
}

/** The denominators of the live board. */
export async function countCustomers(sql: Sql, now: Instant): Promise<CustomerCounts> {
  const [row] = await sql<[{ customers: number; merchants: number; frozen: number; ms: number }]>`
    select count(*)::int4 as customers, (count(*) filter (where kind = 'merchant'))::int4
      as merchants, (count(*) filter (where status = 'frozen'))::int4 as frozen,
      coalesce(sum(${now}::float8 - extract(epoch from created_at) * 1000), 0)::float8 as ms
    from identity.customer`
  const { customers, merchants, frozen, ms } = row
  return { customers, merchants, frozen, accountYears: Math.max(0, ms) / 31_557_600_000 }
}

/**
 * Days on which each customer had an account, summed over all customers, from one local day through
 * another: what the insurer's premium is reckoned on.
 */
export async function accountDays(
  sql: Sql,
  period: { from: LocalDate; through: LocalDate },
): Promise<bigint> {
  const { from, through } = period
  const [row] = await sql<[{ days: bigint }]>`
    select coalesce(sum(${through}::date - greatest(opened, ${from}::date) + 1), 0)::int8 as days
    from (
      select ((created_at at time zone 'UTC') + interval '8 hours')::date as opened
      from identity.customer
    ) customers
    where opened <= ${through}::date`
  return row.days
}
