import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder that other OS users may pass through, whatever our umask. Folders that were there
 * already keep their mode.
 */
export function makePassableFolder(path: string): void {
  const first = mkdirSync(path, { recursive: true })
  if (first === undefined) return
  for (let step = path; step.length >= first.length; step = dirname(step)) chmodSync(step, 0o711)
}
