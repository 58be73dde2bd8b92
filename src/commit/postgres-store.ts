import type { Row, Sql } from 'postgres'
import { InvariantError, required } from '#kernel'
import { converse, type ConnectionEvents, type Conversation } from './conversation.ts'
import { takeBulkTurn } from './bulk-turn.ts'
import { faultOf } from './database-fault.ts'
import { laneOf, laneText } from './lane-row.ts'
import type { Key, RecordKind } from './record.ts'
import { fromDatabase, mapRow, selectExpression, type RowMapping } from './row-mapping.ts'
import {
  StoreConflict,
  StoreLost,
  type LaneState,
  type LaneTurn,
  type Store,
  type Stored,
} from './store.ts'
import { writeStatement } from './write-statement.ts'

export interface PostgresStoreOptions {
  /**
   * Opens a client with exactly ONE connection as the app role (the lane is one conversation, what
   * it reads ahead another) and tells what becomes of that connection. Called again after it was
   * lost.
   */
  readonly connect: (events: ConnectionEvents) => Sql
  readonly shard?: number
  /** Records kept in the row of another kind: [host, guest] pairs. */
  readonly sharedRows?: readonly SharedRow[]
  readonly sleep: (ms: number) => Promise<void>
}

/** Two kinds with the same keys kept in one physical row: the guest's columns in the host's. */
export interface SharedRow {
  readonly host: RecordKind<object>
  readonly guest: RecordKind<object>
}

/** For the composition: says that `guest` lives in the row of `host`. */
export function shareRow<H extends object, G extends object>(
  host: RecordKind<H>,
  guest: RecordKind<G>,
): SharedRow {
  return { host, guest } as unknown as SharedRow
}

/** Which server process speaks for us; its start time guards against a reused pid. */
interface BackEnd {
  readonly pid: number
  readonly startedAt: string
}

/**
 * Index lookups only: the arrays of a batch are small, the tables may be huge, and a plan made
 * while a table was still empty must not decide to scan it once it is full.
 * A turn that is neither used nor ended (its process stands still) holds up every other process on
 * the database: PostgreSQL ends it, and whatever came of it is decided again.
 */
const sessionSettings = `
  set plan_cache_mode = force_generic_plan; set enable_seqscan = off;
  set enable_hashjoin = off; set enable_mergejoin = off; set jit = off;
  set statement_timeout = '10s'; set idle_in_transaction_session_timeout = '5s'`

/** Records in PostgreSQL. Every batch is one transaction that begins by locking the lane's row. */
export function createPostgresStore(options: PostgresStoreOptions): Store {
  const shard = options.shard ?? 0
  const mappings = createMappings(options.sharedRows ?? [])
  let conversation: Conversation | null = null
  let reading: Conversation | null = null
  let lastBackEnd: BackEnd | null = null

  async function connected(): Promise<Conversation> {
    if (conversation !== null) return conversation
    const opened = converse(options.connect)
    try {
      await opened.ask(() => opened.client.unsafe(sessionSettings))
      const [row] = await opened.ask(() => opened.client.unsafe(backEndText))
      lastBackEnd = {
        pid: Number(required(row, 'backend row')['pid']),
        startedAt: String(row?.['started_at']),
      }
    } catch (error) {
      opened.end()
      throw new StoreLost(String(error))
    }
    conversation = opened
    return opened
  }

  /** Beside the lane's own connection: reads need not wait behind the batch being written. */
  async function readingOn(): Promise<Conversation> {
    if (reading !== null) return reading
    const opened = converse(options.connect)
    reading = opened
    try {
      await opened.ask(() => opened.client.unsafe(sessionSettings))
    } catch (error) {
      endReading()
      throw new StoreLost(String(error))
    }
    return opened
  }

  function endReading(): void {
    reading?.end()
    reading = null
  }

  function loadQueries(client: Sql, keys: readonly Key[]): Promise<Row[]>[] {
    const ids = new Map<RowMapping, Set<string>>()
    for (const { kind, id } of keys) {
      const mapping = mappings.of(kind)
      const set = ids.get(mapping)
      if (set === undefined) ids.set(mapping, new Set([id]))
      else set.add(id)
    }
    return [...ids].map(([mapping, set]) => {
      const query = client.unsafe(selectText(mapping), [textArray([...set])], { prepare: true })
      return query.execute()
    })
  }

  function unpack(keys: readonly Key[], results: readonly Row[][]): (Stored | undefined)[] {
    const found = new Map<string, Stored>()
    // One string for an id in the key and in every record that names it.
    const texts = new Map(keys.map(({ id }) => [id, id]))
    let position = 0
    const seen = new Set<RowMapping>()
    for (const { kind } of keys) {
      const mapping = mappings.of(kind)
      if (seen.has(mapping)) continue
      seen.add(mapping)
      for (const row of results[position] ?? []) unpackRow(mapping, row, { found, texts })
      position += 1
    }
    return keys.map(({ kind, id }) => {
      const stored = found.get(`${kind.name}/${id}`)
      // One string for the id in the key, the cache and the record, not three.
      if (stored !== undefined) (stored.record as Record<string, unknown>)[kind.key] = id
      return stored
    })
  }

  async function begin(keys: readonly Key[]): Promise<LaneTurn> {
    const talk = await connected()
    const { client, ask } = talk
    try {
      // Sent back to back: BEGIN, the lane's lock and the loads cost one round trip together.
      const [, laneRows, ...results] = await ask(() =>
        Promise.all([
          client.unsafe('begin').execute(),
          client.unsafe(laneText, [shard], { prepare: true }).execute(),
          ...loadQueries(client, keys),
        ]),
      )
      return turn(talk, laneOf(laneRows), unpack(keys, results))
    } catch (error) {
      const fault = lostOr(error)
      // There is no turn to roll back yet, but the transaction has begun.
      if (!(fault instanceof StoreLost)) {
        await ask(() => client.unsafe('rollback')).catch(() => undefined)
      }
      throw fault
    }
  }

  function turn(talk: Conversation, lane: LaneState, loaded: LaneTurn['loaded']): LaneTurn {
    const { client, ask } = talk
    return {
      lane,
      loaded,
      async load(keys) {
        try {
          return unpack(keys, await ask(() => Promise.all(loadQueries(client, keys))))
        } catch (error) {
          throw lostOr(error)
        }
      },
      async commit(write) {
        const { text, parameters } = writeStatement(write, { shard, mappingOf: mappings.of })
        try {
          await ask(() => {
            const written = client.unsafe(text, [...parameters], { prepare: true }).execute()
            // A refused write aborts the transaction, and the COMMIT behind it then rolls back.
            return Promise.all([written, client.unsafe('commit').execute()])
          })
        } catch (error) {
          throw lostOr(error)
        }
      },
      async rollback() {
        await ask(() => client.unsafe('rollback'))
      },
    }
  }

  /** Any error here means the turn is over; a broken connection also means its end is unknown. */
  function lostOr(error: unknown): Error {
    if (error instanceof StoreLost) return error
    const fault = faultOf(error)
    if (fault === 'conflict') return new StoreConflict(String(error))
    if (fault === 'lost') return new StoreLost(String(error))
    return error instanceof Error ? error : new InvariantError(String(error))
  }

  async function recover(): Promise<void> {
    const previous = lastBackEnd
    endReading()
    conversation?.end()
    conversation = null
    const { client, ask } = await connected()
    if (previous === null) return
    // The old back end may still be about to commit: end it, and wait until it is surely gone.
    const { pid, startedAt } = previous
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const rows = await ask(() => client.unsafe(endBackEndText, [pid, startedAt]))
      if (rows.length === 0) return
      await options.sleep(50)
    }
    throw new StoreLost(`back end ${pid} does not end`)
  }

  return {
    rowMates: (kind) => mappings.of(kind).kinds,
    begin,
    async load(keys) {
      const { client, ask } = await readingOn()
      try {
        return unpack(keys, await ask(() => Promise.all(loadQueries(client, keys))))
      } catch (error) {
        const fault = lostOr(error)
        if (fault instanceof StoreLost) endReading()
        throw fault
      }
    },
    handedOver: () => conversation?.handedOver() ?? null,
    commitOn(write) {
      // Built here, so that nothing keeps the batch's records alive while PostgreSQL works.
      const { text, parameters } = writeStatement(write, { shard, mappingOf: mappings.of })
      // One statement is a transaction of its own; it ends itself unless the lane is as expected.
      return connected()
        .then(({ client, ask }) => ask(() => client.unsafe(text, parameters, { prepare: true })))
        .then(
          () => undefined,
          (error: unknown) => {
            throw lostOr(error)
          },
        )
    },
    bulk: (sql, wish) => takeBulkTurn(sql, { ...wish, shard }),
    recover,
    async close() {
      await Promise.all([
        conversation?.client.end({ timeout: 5 }),
        reading?.client.end({ timeout: 5 }),
      ])
      conversation = null
      reading = null
    },
  }
}

const backEndText = `select pg_backend_pid() as pid, backend_start::text as started_at
  from pg_stat_activity where pid = pg_backend_pid()`
const endBackEndText = `select pg_terminate_backend(pid) from pg_stat_activity
  where pid = $1 and backend_start::text = $2 and pid <> pg_backend_pid()`
const selectTexts = new WeakMap<RowMapping, string>()

function selectText(mapping: RowMapping): string {
  const present = selectTexts.get(mapping)
  if (present !== undefined) return present
  const columns = mapping.columns.map((column) => `${selectExpression(column)} as ${column.column}`)
  const text =
    `select ${columns.join(', ')}, t.row_version from ${mapping.table} t` +
    ` where t.${mapping.keyColumn} = any($1::text::text[])`
  selectTexts.set(mapping, text)
  return text
}

function unpackRow(
  mapping: RowMapping,
  row: Row,
  { found, texts }: { found: Map<string, Stored>; texts: Map<string, string> },
): void {
  const id = String(row[mapping.keyColumn])
  const version = Number(row['row_version'])
  for (const kind of mapping.kinds) {
    const record: Record<string, unknown> = { [kind.key]: id }
    for (const column of mapping.columns) {
      if (column.kind === kind) {
        record[column.field] = shared(fromDatabase(row[column.column], column.type), texts)
      }
    }
    found.set(`${kind.name}/${id}`, { record, version })
  }
}

/** Short texts are mostly words of a small set (states, sides, codes): one string for all rows. */
const words = new Map<string, string>()
const wordLength = 12
const wordLimit = 10_000

function shared(value: unknown, texts: Map<string, string>): unknown {
  if (typeof value !== 'string') return value
  const isWord = value.length <= wordLength
  const known = isWord ? words.get(value) : texts.get(value)
  if (known !== undefined) return known
  if (!isWord) texts.set(value, value)
  else if (words.size < wordLimit) words.set(value, value)
  return value
}

function createMappings(sharedRows: NonNullable<PostgresStoreOptions['sharedRows']>): {
  of(kind: RecordKind<object>): RowMapping
} {
  const mappings = new Map<RecordKind<object>, RowMapping>()
  const guests = new Map<RecordKind<object>, RecordKind<object>[]>()
  for (const { host, guest } of sharedRows) {
    guests.set(host, [...(guests.get(host) ?? []), guest])
  }
  for (const [host, list] of guests) {
    const mapping = mapRow(host, list)
    for (const kind of mapping.kinds) mappings.set(kind, mapping)
  }
  return {
    of(kind) {
      let mapping = mappings.get(kind)
      if (mapping === undefined) mappings.set(kind, (mapping = mapRow(kind)))
      return mapping
    },
  }
}

function textArray(ids: readonly string[]): string {
  return `{${ids.map((id) => `"${id.replace(/["\\]/g, '\\$&')}"`).join(',')}}`
}
