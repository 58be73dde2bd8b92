import type { Socket } from 'node:net'
import type { Sql } from 'postgres'
import { faultOf } from './database-fault.ts'
import { StoreLost } from './store.ts'

/** What a conversation hears of its connection. */
export interface ConnectionEvents {
  readonly onClose: () => void
  readonly onSocket: (socket: Socket) => void
}

/** No statement takes longer: who has not answered by now is not there any more. */
const answerMs = 15_000

/** One connection, and a way to wait for its answers that ends when the connection does. */
export interface Conversation {
  readonly client: Sql
  /** Asks, unless the connection has ended: the client would open another one by itself. */
  ask<T>(question: () => Promise<T>): Promise<T>
  /** Resolves when all questions have left this process; null: they have. */
  handedOver(): Promise<void> | null
  end(): void
}

/**
 * The driver leaves queries that were sent but not answered waiting for ever in some orders of
 * socket events, and reconnects by itself: so every wait also ends when the connection closes,
 * and a closed conversation is never spoken to again.
 */
export function converse(connect: (events: ConnectionEvents) => Sql): Conversation {
  // Every wait is told by itself and taken out again: racing each against one promise that lives
  // as long as the connection would keep all answers in memory as long as that.
  const waits = new Set<(lost: StoreLost) => void>()
  let over = false
  function closed(): void {
    over = true
    for (const tell of waits) tell(new StoreLost('the connection ended'))
    waits.clear()
  }
  let socket: Socket | null = null
  let leaving: Promise<void> | null = null
  const client = connect({
    onClose: closed,
    onSocket(opened) {
      socket = opened
    },
  })
  function end(): void {
    closed()
    client.end({ timeout: 0 }).catch(() => undefined)
  }
  return {
    client,
    ask<T>(question: () => Promise<T>): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        if (over) return reject(new StoreLost('the connection ended'))
        waits.add(reject)
        const silence = setTimeout(closed, answerMs).unref()
        const refused = (error: unknown) => {
          if (faultOf(error) === 'lost') end()
          reject(error instanceof Error ? error : new Error(String(error)))
        }
        void question()
          .then(resolve, refused)
          .finally(() => {
            clearTimeout(silence)
            waits.delete(reject)
          })
      })
    },
    handedOver() {
      const pipe = socket
      if (pipe === null || !pipe.writableNeedDrain || pipe.destroyed) return null
      // One wait however often it is asked for.
      leaving ??= new Promise((resolve) => {
        function settle(): void {
          pipe?.off('drain', settle).off('close', settle)
          leaving = null
          resolve()
        }
        pipe.on('drain', settle).on('close', settle)
      })
      return leaving
    },
    end,
  }
}
