import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A new empty folder in the system's temporary folder; remove it with removeScratchFolder. */
export function createScratchFolder(purpose: string): string {
  const folder = mkdtempSync(join(tmpdir(), `coffer-${purpose}-`))
  // PostgreSQL may run as another OS user, who has to get through.
  chmodSync(folder, 0o711)
  return folder
}

export function removeScratchFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}
