import type { Sql } from '#database'
import type { Instant } from '#kernel'

/** A customer's app: what its codes are checked against. */
export interface TotpToVerify {
  readonly sealedSecret: string
  readonly confirmedAt: Instant | null
}

/** null: he has none. */
export async function totpToVerify(sql: Sql, customerId: string): Promise<TotpToVerify | null> {
  const [row] = await sql<TotpToVerify[]>`
    select sealed_secret as "sealedSecret", confirmed_at as "confirmedAt"
    from identity.totp where id = ${customerId} and sealed_secret <> ''`
  return row ?? null
}

/** What a customer has beside his password. */
export interface SecondFactors {
  /** null: no app is asked for. */
  readonly totpSince: Instant | null
  readonly recoveryCodesLeft: number
}

export async function secondFactorsOf(sql: Sql, customerId: string): Promise<SecondFactors> {
  const [row] = await sql<SecondFactors[]>`
    select (select confirmed_at from identity.totp where id = ${customerId}) as "totpSince",
      coalesce((select codes_left from identity.recovery_set where id = ${customerId}), 0)
        as "recoveryCodesLeft"`
  return row ?? { totpSince: null, recoveryCodesLeft: 0 }
}
