import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { HttpLoadOrder } from './http-load-child.ts'
import type { Measured } from './report.ts'

/** Payments by a client process of its own, so many connections with one request each. */
export async function measureOverHttp(order: HttpLoadOrder): Promise<Measured> {
  const script = new URL(`./http-load-child${extname(import.meta.url)}`, import.meta.url)
  const args = [...process.execArgv, fileURLToPath(script), JSON.stringify(order)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`the client ended with ${code}`)
  return JSON.parse(said) as Measured
}
