import type { Readable, Writable } from 'node:stream'
import { once } from 'node:events'
import type { Tx } from '../pool.ts'

/** Larger pieces: each one costs a trip through the thread pool that compresses it. */
const pieceBytes = 256 * 1024

/**
 * The text of a COPY as PostgreSQL sends it, in large pieces. Destroyed, with its error, when that
 * fails. Two things the library (postgres.js 3.4.9) does are put right. It hands over row by row,
 * each a turn of the stream: gathered first, a backup went from 15 to 21 MB/s. And it pauses the
 * socket while the stream is full, but when the last piece did that nothing resumes it and the next
 * query waits for ever: `_read` does.
 */
export async function readCopy(tx: Tx, statement: string): Promise<Readable> {
  const stream = await tx.unsafe(statement).readable()
  const push = stream.push.bind(stream)
  let waiting: Uint8Array[] = []
  let bytes = 0
  function handOver(): boolean {
    const piece = Buffer.concat(waiting, bytes)
    waiting = []
    bytes = 0
    return push(piece)
  }
  stream.push = (row: Uint8Array | null) => {
    if (row === null) {
      if (bytes > 0) handOver()
      return push(null)
    }
    waiting.push(row)
    bytes += row.length
    return bytes < pieceBytes || handOver()
  }
  return stream.once('end', () => stream._read(0))
}

/**
 * Sends pieces of text to a `copy … from stdin`; rejects with PostgreSQL's own error. The library
 * (postgres.js 3.4.9) settles the query as soon as the copy begins, and so tells nobody of an error
 * that arrives after the last piece was sent: its stream then waits for ever. The query's `reject`
 * is still called, so that is where we listen.
 */
export async function writeCopy(
  tx: Tx,
  statement: string,
  pieces: AsyncIterable<Uint8Array>,
): Promise<void> {
  const query = tx.unsafe(statement)
  const stream: Writable = await query.writable()
  let tell: (error: Error) => void = () => undefined
  const refused = new Promise<never>((_, reject) => (tell = reject))
  refused.catch(() => undefined)
  void Object.assign(query, { reject: tell })
  stream.on('error', tell)
  try {
    for await (const piece of pieces) {
      if (!stream.write(piece)) await Promise.race([once(stream, 'drain'), refused])
    }
  } catch (error) {
    // Ends the copy on the server too; the transaction is lost and will be rolled back.
    stream.destroy(error as Error)
    throw error
  }
  const finished = once(stream, 'finish')
  finished.catch(() => undefined)
  stream.end()
  await Promise.race([finished, refused])
}
