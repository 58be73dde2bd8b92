import { readFile } from 'node:fs/promises'
import type { Intelligence } from '#flows'
import { hour } from '#kernel'
import { createTaxiiFeed } from '#partners'
import { createThreatLists, readNetworkList } from '#risk'
import type { Config } from './config.ts'

/** Older than this a feed's word is unknown. */
const maxAgeMs = 6 * hour

/** What the host knows of networks and threats; null after every fault has been told. */
export async function readIntelligence(
  { networksFile, feeds }: Pick<Config, 'networksFile' | 'feeds'>,
  complain: (line: string) => void,
): Promise<Intelligence | null> {
  const networks = networksFile === null ? null : await readNetworks(networksFile, complain)
  if (networks === undefined) return null
  return {
    networks,
    threats: createThreatLists(feeds.map(({ name, kind }) => ({ name, kind, maxAgeMs }))),
    feeds: feeds.map(({ name, kind, ...taxii }) => ({ name, kind, feed: createTaxiiFeed(taxii) })),
  }
}

async function readNetworks(file: string, complain: (line: string) => void) {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch {
    complain(`${file}: cannot be read`)
    return undefined
  }
  const read = readNetworkList(text)
  if (read.ok) return read.value
  for (const { line, field, message } of read.error) {
    complain(`${file}, line ${line}, ${field}: ${message}`)
  }
  return undefined
}
