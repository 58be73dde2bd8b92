import { InvariantError } from '#kernel'
import { header, layoutVersion } from './profile-layout.ts'

/** Where the header of version 1 ended. */
const sizeOfVersion1 = 59

/**
 * A holder's profile of an older layout as it is written today; its row is rewritten with the next
 * event. Throws InvariantError on a layout this program does not know: a profile written by a newer
 * one is not guessed at, and nothing is decided on it.
 */
export function upgradeHolder(bytes: Uint8Array): Uint8Array {
  const version = bytes[header.version] ?? 0
  if (version !== 1) throw new InvariantError(`profile of unknown layout ${version}`)
  // Version 2 put two fields behind the header: nobody was known as a mule.
  const upgraded = new Uint8Array(bytes.length + header.size - sizeOfVersion1)
  upgraded.set(bytes.subarray(0, sizeOfVersion1))
  upgraded.set(bytes.subarray(sizeOfVersion1), header.size)
  upgraded[header.version] = layoutVersion
  return upgraded
}
