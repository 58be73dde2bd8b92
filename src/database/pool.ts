import type postgres from 'postgres'
import { required } from '#kernel'

type Types = { bigint: bigint; instant: number; localDate: string }

/** A client with a pool. */
export type Sql = postgres.Sql<Types>

/** The same inside `sql.begin(async (tx) => …)`. */
export type Tx = postgres.TransactionSql<Types>

type Work = (tx: Tx) => unknown

/** One client of the library; left behind as a whole once any of its connections is lost. */
interface Generation {
  readonly raw: Sql
  lost: boolean
  /** Transactions under way, to be told. */
  readonly listeners: Set<(error: Error) => void>
}

/** Queries still running on a retired client's other connections get this long to finish. */
const retirementS = 1
const endS = 5
const straysMs = 500

/**
 * A pool that survives the loss of its server. The library (postgres.js 3.4.9) does not: a query
 * inside `begin` or `reserve` after a loss writes to a socket that is null and ends the process,
 * and a connection lost while a write was scheduled never sends again (porsager/postgres issues
 * 1154 and 1208, both open). So a client that lost a connection is retired as a whole, queries
 * after that go to a new one, and transactions are run here, refusing once theirs is lost.
 */
export function createPool(open: (onClose: () => void) => Sql): Sql {
  const retired = new Set<Promise<void>>()
  let ending: Promise<void> | undefined
  let current = createGeneration()

  function createGeneration(): Generation {
    const generation: Generation = {
      raw: open(() => retire(generation)),
      lost: false,
      listeners: new Set(),
    }
    return generation
  }

  function retire(generation: Generation): void {
    if (generation.lost || ending !== undefined) return
    generation.lost = true
    for (const tell of generation.listeners) tell(new ConnectionLost())
    current = createGeneration()
    const done = endClient(generation.raw, retirementS)
    retired.add(done)
    void done.finally(() => retired.delete(done))
  }

  function end(options?: { timeout?: number }): Promise<void> {
    ending ??= Promise.all([endClient(current.raw, options?.timeout ?? endS), ...retired]).then(
      () => undefined,
    )
    return ending
  }

  const own = {
    end,
    begin: (...[first, second]: [Work] | [string, Work]) =>
      typeof first === 'string'
        ? runTransaction(current, first, required(second, 'work'))
        : runTransaction(current, '', first),
  }
  return new Proxy((() => undefined) as unknown as Sql, {
    apply: (_target, _self, parameters) => Reflect.apply(current.raw, undefined, parameters),
    get: (_target, key) =>
      Object.hasOwn(own, key) ? Reflect.get(own, key) : Reflect.get(current.raw, key),
  })
}

/**
 * A connection lost with queries in its queue is made again for them, even when its client was
 * ended in between, and would then stay open for ever: so it is closed once more a little later.
 */
async function endClient(raw: Sql, timeout: number): Promise<void> {
  await raw.end({ timeout })
  // Of all connections, whatever their state; the library's types do not know it.
  const { close } = raw as Sql & { close(): Promise<void> }
  setTimeout(() => void close().catch(() => undefined), straysMs).unref()
}

/** The connection to the database broke; whether a COMMIT under way was done is not known. */
export class ConnectionLost extends Error {
  override name = 'ConnectionLost'
  readonly code = 'CONNECTION_CLOSED'
  constructor() {
    super('the connection to the database was lost')
  }
}

async function runTransaction(
  generation: Generation,
  options: string,
  work: Work,
): Promise<unknown> {
  const { reserved, release } = await beginOn(generation.raw, options)
  const tx = transactionOn(reserved, generation)
  // A promise of this transaction's own: racing against a long-lived one would leak memory.
  let tellLost: (error: Error) => void = () => undefined
  const whenLost = new Promise<never>((_, reject) => (tellLost = reject))
  whenLost.catch(() => undefined)
  generation.listeners.add(tellLost)
  const orLost = <T>(step: PromiseLike<T> | T) => Promise.race([step, whenLost])
  try {
    const result = await orLost(work(tx))
    const { command } = await orLost(tx.unsafe('commit'))
    // A statement failed and nobody looked: PostgreSQL then answers COMMIT with ROLLBACK.
    if (command !== 'COMMIT') throw new Error('a statement of the transaction had failed')
    return result
  } catch (error) {
    if (!generation.lost) await orLost(tx.unsafe('rollback')).catch(() => undefined)
    throw error
  } finally {
    generation.listeners.delete(tellLost)
    if (!generation.lost) release()
  }
}

/**
 * A connection with a transaction begun, ours until released. By way of the library's `begin`: its
 * `reserve` never answers on a new connection while `fetch_types` is off. It says COMMIT once more
 * after us, which does nothing; after a loss it is left waiting, so that it says nothing at all.
 */
function beginOn(raw: Sql, options: string): Promise<{ reserved: Tx; release: () => void }> {
  return new Promise((resolve, reject) => {
    const whole = raw.begin(options, (reserved) => {
      return new Promise<void>((release) => resolve({ reserved, release }))
    })
    whole.catch(reject)
  })
}

/** Throws ConnectionLost, instead of touching the connection, once that is lost. */
function transactionOn(reserved: Tx, generation: Generation): Tx {
  const check = () => {
    if (generation.lost) throw new ConnectionLost()
  }
  let savepoints = 0
  async function savepoint(...[first, second]: [Work] | [string, Work]): Promise<unknown> {
    savepoints += 1
    const name = `savepoint_${savepoints}`
    await tx.unsafe(`savepoint ${name}`)
    try {
      return await (typeof first === 'string' ? required(second, 'work') : first)(tx)
    } catch (error) {
      await tx.unsafe(`rollback to ${name}`)
      throw error
    }
  }
  const tx: Tx = new Proxy(reserved, {
    apply(target, _self, parameters) {
      check()
      return Reflect.apply(target, undefined, parameters)
    },
    get(target, key) {
      check()
      return key === 'savepoint' ? savepoint : Reflect.get(target, key)
    },
  })
  return tx
}
