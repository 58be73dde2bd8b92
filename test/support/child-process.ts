import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { extname } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { ChildNews, ChildOrder } from './open-database-child.ts'

export interface DatabaseChild {
  readonly pid: number
  /** Resolves when the database is open, rejects with the fault otherwise. */
  readonly opened: Promise<void>
  /** Everything it logged so far. */
  readonly logged: readonly string[]
  /** Resolves when it has ended. */
  readonly ended: Promise<void>
  kill(): Promise<void>
}

/**
 * Opens a database in a process of its own with a cleared environment (as `env -i PATH=…`), so
 * that the test can kill it, or run many at once, or see what another OS user sees.
 */
export function openInChild(order: ChildOrder): DatabaseChild {
  const script = new URL(`./open-database-child${extname(import.meta.url)}`, import.meta.url)
  const loading = process.execArgv.filter((word) => !word.startsWith('--test'))
  const child = spawn(
    process.execPath,
    [...loading, fileURLToPath(script), JSON.stringify(order)],
    { env: { PATH: '/usr/bin:/bin' }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const logged: string[] = []
  const said: string[] = []
  child.stderr.on('data', (data: Buffer) => said.push(data.toString()))
  const opened = new Promise<void>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const news = JSON.parse(line) as ChildNews
      if ('log' in news) logged.push(news.log)
      else if ('fault' in news) reject(new Error(news.fault))
      else resolve()
    })
    child.on('close', () => reject(new Error(`the child ended: ${said.join('')}`)))
  })
  opened.catch(() => undefined)
  const ended = once(child, 'close').then(() => undefined)
  return {
    pid: child.pid ?? 0,
    opened,
    logged,
    ended,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
