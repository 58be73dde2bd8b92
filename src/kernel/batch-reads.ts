/** Reads many at once; what is not there is left out of the answer. */
export type ReadMany<K, V> = (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>

/** So many reads are under way at most; what comes meanwhile is gathered for the next one. */
const readsAtOnce = 2
const mostKeys = 500

/**
 * Makes one read of many single ones, as the lane makes one commit of many commands: while reads
 * are under way the next one gathers. There is no timer: a lone caller waits for nobody. Whoever
 * asks is answered by a read that began after he asked. A read that fails fails for all in it.
 */
export function batchReads<K, V>(read: ReadMany<K, V>): (key: K) => Promise<V | undefined> {
  let gathered = new Map<K, Asking<V>>()
  let underWay = 0
  let planned = false

  function take(): ReadonlyMap<K, Asking<V>> {
    if (gathered.size <= mostKeys) {
      const all = gathered
      gathered = new Map()
      return all
    }
    const some = new Map([...gathered].slice(0, mostKeys))
    for (const key of some.keys()) gathered.delete(key)
    return some
  }

  async function run(): Promise<void> {
    planned = false
    if (underWay === readsAtOnce || gathered.size === 0) return
    const asked = take()
    underWay += 1
    if (gathered.size > 0) plan()
    try {
      const found = await read([...asked.keys()])
      for (const [key, { settle }] of asked) settle(found.get(key))
    } catch (error) {
      for (const { reject } of asked.values()) reject(error)
    } finally {
      underWay -= 1
      if (gathered.size > 0) plan()
    }
  }

  function plan(): void {
    if (planned || underWay === readsAtOnce) return
    planned = true
    // Let everybody of this turn of the event loop join.
    setImmediate(() => void run())
  }

  return (key) => {
    const present = gathered.get(key)
    if (present !== undefined) return present.answer
    const asking = newAsking<V>()
    gathered.set(key, asking)
    plan()
    return asking.answer
  }
}

interface Asking<V> {
  readonly answer: Promise<V | undefined>
  settle(value: V | undefined): void
  reject(error: unknown): void
}

function newAsking<V>(): Asking<V> {
  let settle: Asking<V>['settle'] = () => undefined
  let reject: Asking<V>['reject'] = () => undefined
  const answer = new Promise<V | undefined>((resolve, refuse) => {
    settle = resolve
    reject = refuse
  })
  return { answer, settle, reject }
}
