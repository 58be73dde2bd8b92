import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Random } from '#kernel'

/**
 * The key under which codes and ID numbers are fingerprinted. It is kept beside the data and not in
 * them: who reads the database alone cannot try all codes. Made at the first start.
 */
export function keepPepper(folder: string, random: Random): string {
  const file = join(folder, 'pepper')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const made = Buffer.from(random.bytes(32)).toString('base64url')
  try {
    writeFileSync(file, `${made}\n`, { flag: 'wx', mode: 0o600 })
    return made
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(file, 'utf8').trim()
}
