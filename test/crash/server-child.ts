import { openDatabase, type DatabaseConfig } from '#database'
import { buildServer } from './build-server.ts'

export interface ServerOrder {
  readonly config: DatabaseConfig
  readonly policy: 'today' | 'none'
}

/** One JSON line on stdout for each thing that happened. */
export type ServerNews = { readonly log: string } | { readonly url: string }

function tell(news: ServerNews): void {
  process.stdout.write(`${JSON.stringify(news)}\n`)
}

/** Serves until its standard input ends, which it also does when the test that started it dies. */
async function serve({ config, policy }: ServerOrder): Promise<void> {
  const told = new Promise<void>((resolve) => process.stdin.resume().once('end', resolve))
  const database = await openDatabase(config, (log) => tell({ log }))
  const server = await buildServer(database, { policy, write: (log) => tell({ log }) })
  tell(await server.http.listen({ host: '127.0.0.1', port: 0 }))
  await told
  await server.close()
  await database.close()
}

const [order] = process.argv.slice(2)
if (order !== undefined) await serve(JSON.parse(order) as ServerOrder)
