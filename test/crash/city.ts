import type { Database } from '#database'
import { day } from '#kernel'
import { bringMoney, signUp, type Browser } from '../http/http-client.ts'
import type { TestServer } from '../support/test-server.ts'
import { buildServer } from './build-server.ts'

/** A customer with money, signed in; his session is good at every server on the database. */
export interface Citizen extends Browser {
  readonly bankAccountId: string
}

/** Each brings so much. */
export const opening = 1_000_00n

/** Fills a new database with customers, by a server that is closed again before they are used. */
export async function settle(database: Database, people: number): Promise<Citizen[]> {
  const logged: string[] = []
  const write = (line: string) => logged.push(line)
  const built = await buildServer(database, { policy: 'none', write })
  try {
    const { url } = await built.http.listen({ host: '127.0.0.1', port: 0 })
    const server: TestServer = { ...built, url, logged }
    const citizens: Citizen[] = []
    for (let n = 1; n <= people; n += 1) {
      const phone = `+86138${String(n).padStart(8, '0')}`
      const browser = await signUp(server, phone)
      const bankAccountId = await bringMoney(server, browser, '1000.00')
      citizens.push({ ...browser, bankAccountId })
    }
    // A new bank account may be paid out to after a day.
    await server.flows.advanceClock({ to: server.lane.now() + day })
    return citizens
  } finally {
    await built.close()
  }
}
