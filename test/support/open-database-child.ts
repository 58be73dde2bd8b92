import { migrate, openDatabase, type DatabaseConfig } from '#database'

/** What a test wants a process of its own to do with a database. */
export interface ChildOrder {
  readonly config: DatabaseConfig
  /** Become this OS user first (the program is loaded by then, as from one's own checkout). */
  readonly account?: { readonly uid: number; readonly gid: number }
  /** `close`: migrate, sign off, end. `stay`: migrate and go on until killed. */
  readonly afterwards: 'close' | 'stay'
}

/** One JSON line on stdout for each thing that happened. */
export type ChildNews =
  | { readonly log: string }
  | { readonly opened: number }
  | { readonly fault: string }

function tell(news: ChildNews): void {
  process.stdout.write(`${JSON.stringify(news)}\n`)
}

async function obey(order: ChildOrder): Promise<void> {
  if (order.account) {
    process.setgroups?.([])
    process.setgid?.(order.account.gid)
    process.setuid?.(order.account.uid)
  }
  const database = await openDatabase(order.config, (log) => tell({ log }))
  await migrate(database)
  tell({ opened: process.pid })
  if (order.afterwards === 'close') await database.close()
  else setInterval(() => undefined, 1_000)
}

const [text] = process.argv.slice(2)
if (text !== undefined) {
  obey(JSON.parse(text) as ChildOrder).catch((error: Error) => {
    tell({ fault: error.message })
    process.exitCode = 1
  })
}
