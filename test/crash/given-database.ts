import type { Database } from '#database'
import { testDatabase } from '#test-support'

/** A database as somebody gives us one: by a URL, with a user who may become our roles. */
export interface GivenDatabase {
  readonly database: Database
  readonly socketPath: string
  /** Straight to its socket. */
  readonly url: string
  /** By way of a port of this machine. */
  urlThrough(port: number): string
  drop(): Promise<void>
}

export async function giveDatabase(): Promise<GivenDatabase> {
  const { database, drop } = await testDatabase()
  const { name } = database
  const user = `${name}_user`
  const folder = await database.asAdmin(async (admin) => {
    await admin.unsafe(`create role "${user}" login password 'secret'`)
    const roles = 'coffer_owner, coffer_app, coffer_reader, coffer_simulator'
    await admin.unsafe(`grant ${roles} to "${user}"`)
    await admin.unsafe(`grant connect on database "${name}" to "${user}"`)
    const [row] = await admin<{ folder: string }[]>`
      select current_setting('unix_socket_directories') as folder`
    return row?.folder ?? ''
  })
  return {
    database,
    socketPath: `${folder}/.s.PGSQL.5432`,
    url: `postgres://${user}:secret@localhost/${name}?host=${folder}`,
    urlThrough: (port) => `postgres://${user}:secret@127.0.0.1:${port}/${name}`,
    async drop() {
      await database.asAdmin(async (admin) => {
        await admin.unsafe(`revoke all on database "${name}" from "${user}"`)
        await admin.unsafe(`drop role "${user}"`)
      })
      await drop()
    },
  }
}
