import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { extname } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { ServerNews, ServerOrder } from './server-child.ts'
import { within } from './within.ts'

export interface ServerProcess {
  readonly url: string
  readonly pid: number
  /** Everything it said so far. */
  readonly logged: readonly string[]
  /** kill -9: nothing in it can react. */
  kill(): Promise<void>
  /** Lets it end as Ctrl-C does. Rejects when it does not end, or ends with a fault. */
  stop(): Promise<void>
}

const startMs = 60_000
const stopMs = 20_000

/** Starts a server in a process of its own, in a cleared environment; waits till it serves. */
export async function startServer(order: ServerOrder): Promise<ServerProcess> {
  const script = new URL(`./server-child${extname(import.meta.url)}`, import.meta.url)
  const loading = process.execArgv.filter((word) => !word.startsWith('--test'))
  const child = spawn(
    process.execPath,
    [...loading, fileURLToPath(script), JSON.stringify(order)],
    { env: { PATH: '/usr/bin:/bin' }, stdio: ['pipe', 'pipe', 'pipe'] },
  )
  const ended = once(child, 'close') as Promise<[number | null, string | null]>
  // A pipe to a process that has been killed breaks; that is told by its end.
  child.stdin.on('error', () => undefined)
  const logged: string[] = []
  child.stderr.on('data', (data: Buffer) => logged.push(data.toString()))
  const listening = new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const news = JSON.parse(line) as ServerNews
      if ('log' in news) logged.push(news.log)
      else resolve(news.url)
    })
    void ended.then(() => reject(new Error(`the server ended:\n${logged.join('\n')}`)))
  })
  async function kill(): Promise<void> {
    child.kill('SIGKILL')
    await ended
  }
  async function stop(): Promise<void> {
    if (child.signalCode === 'SIGKILL') return
    child.stdin.end()
    try {
      const [code] = await within(stopMs, 'the server to stop', ended)
      if (code !== 0) throw new Error(`it ended with ${code}`)
    } catch (error) {
      await kill()
      throw new Error(`${String(error)}; the server said:\n${logged.slice(-50).join('')}`, {
        cause: error,
      })
    }
  }
  try {
    const url = await within(startMs, 'the server to start', listening)
    return { url, pid: child.pid ?? 0, logged, kill, stop }
  } catch (error) {
    await kill()
    throw error
  }
}
