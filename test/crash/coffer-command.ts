import { spawn } from 'node:child_process'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface CofferCommand {
  readonly pid: number
  /** Exit code (null: killed), the last line of stdout as JSON, and all of stderr. */
  readonly ended: Promise<{ code: number | null; json: Record<string, unknown>; said: string }>
  /** Resolves once the words are in what it said; rejects when it ends without. */
  says(words: string): Promise<void>
  kill(): void
}

/** Runs the `coffer` command in a process of its own, on the data in `folder` or at a URL. */
export function runCoffer(
  folder: string,
  words: readonly string[],
  databaseUrl?: string,
): CofferCommand {
  const script = new URL(`./coffer-child${extname(import.meta.url)}`, import.meta.url)
  const loading = process.execArgv.filter((word) => !word.startsWith('--test'))
  const environment = {
    PATH: '/usr/bin:/bin',
    COFFER_DATA: folder,
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
  }
  const child = spawn(process.execPath, [...loading, fileURLToPath(script), ...words], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let said = ''
  child.stdout.on('data', (data: Buffer) => (out += data.toString()))
  child.stderr.on('data', (data: Buffer) => (said += data.toString()))
  const ended = new Promise<Awaited<CofferCommand['ended']>>((resolve) => {
    child.on('close', (code) => {
      const last = out.trimEnd().split('\n').at(-1) ?? ''
      const json = last.startsWith('{') ? (JSON.parse(last) as Record<string, unknown>) : {}
      resolve({ code, json, said })
    })
  })
  return {
    pid: child.pid ?? 0,
    ended,
    says: (wanted) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (said.includes(wanted)) resolve()
        }
        child.stderr.on('data', look)
        look()
        void ended.then(() => reject(new Error(`it never said "${wanted}":\n${said}`)))
      }),
    kill: () => child.kill('SIGKILL'),
  }
}
