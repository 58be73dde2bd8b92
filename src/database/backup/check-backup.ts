import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseFault } from '../database-fault.ts'
import { createMeter } from './copy-out.ts'
import {
  fileOf,
  manifestFile,
  manifestText,
  parseManifest,
  sumsFile,
  sumsText,
  type BackedUpTable,
  type Manifest,
} from './manifest.ts'

/**
 * Reads a backup's manifest after comparing every file of it with its checksum. Throws
 * DatabaseFault naming each file that is missing, cut short or altered, and the table in it.
 */
export async function checkBackup(from: string): Promise<Manifest> {
  const manifest = readManifest(from)
  const faults: string[] = []
  for (const table of manifest.tables) {
    const fault = await faultOf(from, table)
    if (fault !== undefined) faults.push(`${fileOf(table)} (table ${table.name}) ${fault}`)
  }
  if (faults.length === 0) return manifest
  throw new DatabaseFault(`the backup in ${from} cannot be used:\n  ${faults.join('\n  ')}`)
}

function readManifest(from: string): Manifest {
  for (const file of [manifestFile, sumsFile]) {
    if (!existsSync(join(from, file))) {
      throw new DatabaseFault(`${from} is no backup: there is no ${file} in it`)
    }
  }
  const text = readFileSync(join(from, manifestFile), 'utf8')
  const manifest = parseManifest(text)
  // As it would be written, to the byte: neither of the two can be changed alone.
  if (text !== manifestText(manifest)) {
    throw new DatabaseFault(`${manifestFile} was altered`)
  }
  if (readFileSync(join(from, sumsFile), 'utf8') !== sumsText(manifest)) {
    throw new DatabaseFault(`${manifestFile} or ${sumsFile} was altered: they do not agree`)
  }
  return manifest
}

async function faultOf(from: string, table: BackedUpTable): Promise<string | undefined> {
  const file = join(from, fileOf(table))
  if (!existsSync(file)) return 'is missing'
  const { size } = statSync(file)
  if (size < table.fileBytes) return `is cut short: ${size} of ${table.fileBytes} bytes`
  const meter = createMeter()
  for await (const piece of createReadStream(file, { highWaterMark: 256 * 1024 })) {
    meter.take(piece as Buffer, false)
  }
  return meter.sha256() === table.sha256 ? undefined : 'was altered: its checksum is another'
}
