import { customerIdByPhone } from '#identity'
import { bankAccountsOf } from '#wallet'
import { type Life, newLife } from './life.ts'
import type { WorldParts } from './parts.ts'
import type { City, Party } from './party.ts'

const atOnce = 32

/**
 * The people of an earlier start: the seed says who they are, the database which customers they
 * became. They sign in again when they next do something.
 */
export async function findLives({ context }: WorldParts, city: City): Promise<Map<number, Life>> {
  const { sql } = context
  async function find(party: Party): Promise<Life | null> {
    const customerId = await customerIdByPhone(sql, party.phone)
    if (customerId === null) return null
    const life = newLife(party, customerId)
    const [account] = await bankAccountsOf(sql, customerId)
    life.bankAccountId = account?.id ?? null
    return life
  }
  const lives = new Map<number, Life>()
  for (let from = 0; from < city.parties.length; from += atOnce) {
    const found = await Promise.all(city.parties.slice(from, from + atOnce).map(find))
    for (const life of found) if (life !== null) lives.set(life.party.key, life)
  }
  return lives
}
