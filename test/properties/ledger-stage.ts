import { setTimeout as sleep } from 'node:timers/promises'
import {
  createLane,
  createMemoryStore,
  createPostgresStore,
  type Lane,
  type LaneOptions,
  type Submitted,
} from '#commit'
import type { Database, Sql } from '#database'
import { createManualClock, type ManualClock } from '#kernel'
import {
  account,
  entryLog,
  holdRecord,
  postingLog,
  type AccountCode,
  type EntryToReverse,
} from '#ledger'
import { testDatabase } from '#test-support'
import { take, takeAll, type Answer, type Asked, type Step } from './ledger-steps.ts'

/** The four counters of an account, and how many postings it has. */
export interface Counters {
  readonly debits: bigint
  readonly credits: bigint
  readonly debitsPending: bigint
  readonly creditsPending: bigint
  readonly postings: bigint
}

/** One of the two stores, with nothing in it, and what is stored there read apart from the lane. */
export interface Place {
  openStore(): LaneOptions['store']
  counters(): Promise<ReadonlyMap<string, Counters>>
  /** Debit-positive amounts of an account in the order of their numbers. */
  postings(id: string): Promise<bigint[]>
  holds(): Promise<ReadonlyMap<string, string>>
  entries(): Promise<number>
  /** The last entry of each reference, as it would be reversed. */
  originals(): Promise<ReadonlyMap<string, EntryToReverse>>
  /** Absent in memory; signs in as reader. */
  readonly sql?: Sql
  readonly database?: Database
  close(): Promise<void>
}

export const places: readonly { name: string; open: () => Promise<Place> }[] = [
  { name: 'memory', open: () => Promise.resolve(openMemory()) },
  { name: 'PostgreSQL', open: openPostgres },
]

function openMemory(): Place {
  const store = createMemoryStore()
  return {
    openStore: () => store,
    counters: () =>
      Promise.resolve(
        new Map(
          [...store.records(account)].map(([id, row]) => [
            id,
            {
              debits: row.debitsPosted,
              credits: row.creditsPosted,
              debitsPending: row.debitsPending,
              creditsPending: row.creditsPending,
              postings: row.postingSeq,
            },
          ]),
        ),
      ),
    postings: (id) =>
      Promise.resolve(
        store
          .rows(postingLog)
          .filter((row) => row.account === id)
          .map(({ amount }) => amount),
      ),
    holds: () =>
      Promise.resolve(
        new Map([...store.records(holdRecord)].map(([id, { state }]) => [id, state])),
      ),
    entries: () => Promise.resolve(store.rows(entryLog).length),
    originals: () => Promise.resolve(originalsOf(store.rows(entryLog), store.rows(postingLog))),
    close: () => Promise.resolve(),
  }
}

async function openPostgres(): Promise<Place> {
  const { database, drop } = await testDatabase()
  const sql = database.connect('reader', { max: 1 })
  return {
    sql,
    database,
    openStore: () =>
      createPostgresStore({
        connect: (events) => database.connect('app', { max: 1, ...events }),
        sleep: (ms) => sleep(ms),
      }),
    async counters() {
      const rows = await sql<(Counters & { id: string })[]>`
        select id, debits_posted as debits, credits_posted as credits,
          debits_pending as "debitsPending", credits_pending as "creditsPending",
          posting_seq as postings from ledger.account`
      return new Map(rows.map(({ id, ...counters }) => [id, counters]))
    },
    async postings(id) {
      const rows = await sql<{ amount: bigint }[]>`
        select amount from ledger.posting where account = ${id} order by seq`
      return rows.map(({ amount }) => amount)
    },
    async holds() {
      const rows = await sql<{ id: string; state: string }[]>`select id, state from ledger.hold`
      return new Map(rows.map(({ id, state }) => [id, state]))
    },
    async entries() {
      const [row] = await sql<{ n: number }[]>`select count(*)::int4 as n from ledger.entry`
      return row?.n ?? 0
    },
    async originals() {
      const entries = await sql<EntryToReverse[]>`
        select number, kind, ref from ledger.entry order by number`
      const postings = await sql<{ entry: bigint; account: string; amount: bigint }[]>`
        select entry, account, amount from ledger.posting order by entry, account, seq`
      return originalsOf(entries, postings)
    },
    async close() {
      await sql.end()
      await drop()
    },
  }
}

function originalsOf(
  entries: readonly Pick<EntryToReverse, 'number' | 'kind' | 'ref'>[],
  postings: readonly { entry: bigint; account: string; amount: bigint }[],
): ReadonlyMap<string, EntryToReverse> {
  const of = new Map<bigint, { account: string; amount: bigint }[]>()
  for (const { entry, account: id, amount } of postings) {
    of.set(entry, [...(of.get(entry) ?? []), { account: id, amount }])
  }
  return new Map(
    entries.map((each) => [each.ref, { ...each, postings: of.get(each.number) ?? [] }]),
  )
}

export interface LedgerStage {
  readonly clock: ManualClock
  readonly place: Place
  readonly lane: Lane
  /** Asks once under a fresh id, or under the given one with the content given. */
  ask(step: Step, request?: { id: string; content?: unknown }): Promise<Submitted<Answer>>
  askAll(steps: readonly Step[]): Promise<readonly Answer[]>
  /** The same, insisting that it was decided. */
  done(step: Step): Promise<Answer>
  /** Looks which entries there are: only those can be reversed. */
  learn(): Promise<void>
  /** Opens accounts by id: `2010:a`, `1010`. */
  open(...ids: readonly string[]): Promise<void>
  /** An entry of one leg. */
  pay(debit: string, credit: string, amount: bigint): Promise<Answer>
  /** Two new wallets, the first with some money. */
  wallets(amount: bigint): Promise<[string, string]>
  /** Debits minus credits, with the sign of a credit account. */
  owes(id: string): Promise<bigint>
  close(): Promise<void>
}

/** `posted`, `held`, or the code of the refusal. */
export function codeOf(answer: Answer): string {
  return 'error' in answer ? answer.error : answer.ok
}

export const stageStart = Date.UTC(2026, 0, 5)

/** The ledger on a store, with a clock that stands still. */
export async function openLedgerStage(open: () => Promise<Place>): Promise<LedgerStage> {
  const place = await open()
  const clock = createManualClock(stageStart)
  const lane = createLane({ store: place.openStore(), clock, sleep: (ms) => sleep(ms) })
  const accountsOfHold = new Map<string, readonly string[]>()
  let originals: ReadonlyMap<string, EntryToReverse> = new Map()
  let next = 0
  let pairs = 0

  function asked(step: Step): Asked {
    if (step.do === 'entry') return { step, accounts: [] }
    if (step.do === 'reverse') return { step, accounts: [], original: originals.get(step.ref) }
    if (step.do === 'chain') {
      return { step, accounts: step.links.flatMap((each) => [...asked(each).accounts]) }
    }
    if (step.do === 'open') {
      const { code, owner } = step
      return { step, accounts: [owner === undefined ? code : `${code}:${owner}`] }
    }
    if ('account' in step) return { step, accounts: [step.account] }
    if (!('legs' in step)) return { step, accounts: accountsOfHold.get(step.id) ?? [] }
    const accounts = [...new Set(step.legs.flatMap(({ debit, credit }) => [debit, credit]))]
    if (step.do === 'hold') {
      // An id that was refused may be tried again with other legs.
      accountsOfHold.set(step.id, [...(accountsOfHold.get(step.id) ?? []), ...accounts])
    }
    return { step, accounts }
  }

  const stage: LedgerStage = {
    clock,
    place,
    lane,
    ask(step, request) {
      const { id = `req_${(next += 1)}`, content = step } = request ?? {}
      return lane.submit(take, { owner: 'test', id, content, input: asked(step) })
    },
    async askAll(steps) {
      const all = steps.map(asked)
      const request = { owner: 'test', id: `req_${(next += 1)}`, content: steps, input: { all } }
      return decided(await lane.submit(takeAll, request))
    },
    async learn() {
      originals = await place.originals()
    },
    done: async (step) => decided(await stage.ask(step)),
    async open(...ids) {
      await Promise.all(
        ids.map((id) => {
          const [code = '', owner] = id.split(':')
          const opening = { do: 'open', code: code as AccountCode } as const
          return stage.done(owner === undefined ? opening : { ...opening, owner })
        }),
      )
    },
    pay: (debit, credit, amount) => stage.done({ do: 'post', legs: [{ debit, credit, amount }] }),
    async wallets(amount) {
      pairs += 1
      const pair: [string, string] = [`2010:a${pairs}`, `2010:b${pairs}`]
      await stage.open(...pair)
      if (amount > 0n) await stage.pay('1010', pair[0], amount)
      return pair
    },
    async owes(id) {
      const found = (await place.counters()).get(id)
      return (found?.credits ?? 0n) - (found?.debits ?? 0n)
    },
    async close() {
      await lane.close()
      await place.close()
    },
  }
  return stage
}

function decided<T>(submitted: Submitted<T>): T {
  if (submitted.status === 'done') return submitted.output
  throw new Error(`not decided: ${submitted.status}`)
}
