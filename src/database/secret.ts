import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { systemRandom } from '#kernel'
import { DatabaseFault } from './database-fault.ts'

/** The secret all of the embedded server's passwords come from; made once, readable by us only. */
export function readOrCreateSecret(file: string, clusterExists: boolean): string {
  if (existsSync(file)) {
    const secret = readFileSync(file, 'utf8').trim()
    if (secret.length >= 32) return secret
  }
  if (clusterExists) {
    throw new DatabaseFault(
      `${file} is missing or damaged, but the database beside it needs it: put it back from the` +
        ' backup, or move the folder away to begin anew',
    )
  }
  const secret = Buffer.from(systemRandom.bytes(32)).toString('hex')
  writeFileSync(file, `${secret}\n`, { mode: 0o600 })
  return secret
}
