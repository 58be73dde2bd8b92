import type { FirstAdminOptions } from '#cli'
import { newToken } from '#identity'
import { systemRandom } from '#kernel'
import type { Config } from './config.ts'
import { withCoffer } from './with-coffer.ts'

const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

/** `coffer operator first-admin`. Exit 1: there are two admins, or the login is taken. */
export function firstAdminAction(config: Config, options: FirstAdminOptions): Promise<number> {
  return withCoffer(config, say, async ({ coffer }) => {
    const { login, name, json } = options
    const password = newToken(systemRandom)
    const made = await coffer.flows.appointFirstAdmin({ login, name, password })
    if (!made.ok) {
      say(`${login}: ${made.error.code}`)
      if (json) process.stdout.write(`${JSON.stringify({ error: made.error })}\n`)
      return 1
    }
    const { operatorId: id } = made.value
    say(`${login} (${id}) is an admin. He sets up a second factor when he first signs in with:`)
    process.stdout.write(json ? `${JSON.stringify({ id, login, password })}\n` : `${password}\n`)
    return 0
  })
}
