import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { required } from '#kernel'
import { isAlive, markOf } from './live-process.ts'

/** One opening of the embedded server by one process. */
export interface Participant {
  /** Signs off; true when nobody else uses the server any more. Safe to call twice. */
  leave(): boolean
}

let joined = 0

/**
 * Signs on in a folder with one file per opening. The last one out stops the server: a running
 * `coffer start` and a `coffer verify` beside it share one, whichever of them ends first.
 * Processes that were killed are recognised by their mark and do not count.
 */
export function joinAs(folder: string): Participant {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  joined += 1
  const file = join(folder, `${required(markOf(process.pid), 'own process')}.${joined}`)
  writeFileSync(file, '', { mode: 0o600 })
  return {
    leave() {
      rmSync(file, { force: true })
      return livingIn(folder).length === 0
    },
  }
}

/** Marks of the living processes that use the server; files of dead ones are removed. */
export function livingIn(folder: string): readonly string[] {
  const living: string[] = []
  for (const name of namesIn(folder)) {
    const mark = name.slice(0, name.lastIndexOf('.'))
    if (isAlive(mark)) living.push(mark)
    else rmSync(join(folder, name), { force: true })
  }
  return living
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
