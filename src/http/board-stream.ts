import type { Board } from '#contract'
import type { Logger } from '#observability'
import type { FastifyReply } from 'fastify'
import { setTimeout as pause } from 'node:timers/promises'

export interface BoardStreamOptions {
  readonly read: () => Promise<Board>
  readonly log: Logger
  /** Between two pictures; default 1,000. */
  readonly everyMs?: number
}

export interface BoardStream {
  /** Sends the board to this reply until it closes or `stillAllowed` says no. */
  add(reply: FastifyReply, stillAllowed: () => Promise<boolean>): void
  /** Ends all of them. */
  close(): void
}

interface Listener {
  readonly reply: FastifyReply
  readonly stillAllowed: () => Promise<boolean>
}

/** Every so many pictures a listener's session is looked at again. */
const checkEvery = 30

/** One picture a second for all who watch; nothing is computed while nobody does. */
export function createBoardStream(options: BoardStreamOptions): BoardStream {
  const { read, log, everyMs = 1_000 } = options
  const listeners = new Set<Listener>()
  const closing = new AbortController()
  let running = false

  async function run(): Promise<void> {
    running = true
    for (let count = 1; listeners.size > 0 && !closing.signal.aborted; count += 1) {
      await showAll(count % checkEvery === 0)
      await pause(everyMs, undefined, { signal: closing.signal }).catch(() => undefined)
    }
    running = false
  }

  async function showAll(check: boolean): Promise<void> {
    const lines = await read().then(
      (board) => `data: ${JSON.stringify(board)}\n\n`,
      (error: unknown) => {
        log.warn({ error }, 'the board could not be read')
        return ': the board cannot be read at the moment\n\n'
      },
    )
    for (const listener of listeners) {
      const { raw } = listener.reply
      if (check && !(await listener.stillAllowed().catch(() => true))) raw.end()
      // Who does not keep up misses a picture; it is not kept for him.
      else if (!raw.writableNeedDrain) raw.write(lines)
    }
  }

  return {
    add(reply, stillAllowed) {
      const listener = { reply, stillAllowed }
      const { raw } = reply
      reply.hijack()
      raw.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      raw.write('retry: 2000\n\n')
      raw.on('close', () => listeners.delete(listener))
      raw.on('error', () => listeners.delete(listener))
      listeners.add(listener)
      if (!running) void run()
    },
    close() {
      closing.abort()
      for (const { reply } of listeners) reply.raw.end()
      listeners.clear()
    },
  }
}
