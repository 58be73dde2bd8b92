import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { DatabaseFault } from '../database-fault.ts'
import type { Tx } from '../pool.ts'
import { columnList, createMeter } from './copy-out.ts'
import { writeCopy } from './copy-stream.ts'
import { fileOf, sqlNameOf, type BackedUpTable } from './manifest.ts'

const pieceBytes = 256 * 1024

/**
 * Loads one table that was emptied in this same transaction. Throws DatabaseFault naming the table
 * when what arrives is not what the manifest says, to the byte.
 */
export async function copyIn(
  tx: Tx,
  table: BackedUpTable,
  { from, partitioned }: { from: string; partitioned: boolean },
): Promise<void> {
  const content = createMeter()
  const fail = (why: string) => new DatabaseFault(`${fileOf(table)} (table ${table.name}) ${why}`)
  // Frozen: nobody has seen the rows yet, so no vacuum has to come back for them. (PostgreSQL
  // cannot do that by way of a partitioned table's root.)
  const frozen = partitioned ? '' : ' with (freeze)'
  const statement = `copy ${sqlNameOf(table)} (${columnList(table)}) from stdin${frozen}`
  try {
    await writeCopy(tx, statement, plainPieces(join(from, fileOf(table)), content))
  } catch (error) {
    throw fail(`cannot be loaded: ${(error as Error).message}`)
  }
  if (content.sha256() === table.contentSha256 && content.lines === table.rows) return
  throw fail('changed while it was read')
}

async function* plainPieces(
  file: string,
  meter: ReturnType<typeof createMeter>,
): AsyncGenerator<Buffer> {
  const packed = createReadStream(file, { highWaterMark: pieceBytes })
  const plain = createGunzip({ chunkSize: pieceBytes })
  packed.on('error', (error) => plain.destroy(error))
  for await (const piece of packed.pipe(plain) as AsyncIterable<Buffer>) {
    meter.take(piece, true)
    yield piece
  }
}
