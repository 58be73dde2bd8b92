import { createLane, createPostgresStore, shareRow, type Command, type Lane } from '#commit'
import type { Database } from '#database'
import { payCommand, type PayCommandInput } from '#flows'
import { customerKey, deviceKey, sessionKey } from '#identity'
import { createSeededRandom, day, systemClock } from '#kernel'
import { account, accountKeys, post, type Leg } from '#ledger'
import { guardKeys, holderProfile, recordEvent, recordPayment } from '#risk'
import { customerId, customers, deviceId, networkOf, sessionId } from './commit-data.ts'

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** The plain command: one transfer between two wallets, one entry, two postings. */
const transfer: Command<{ id: string; legs: Leg[] }, boolean> = {
  name: 'bench.transfer',
  reads: ({ legs }) => accountKeys(legs),
  apply: (state, { id, legs }, now) => post(state, { kind: 'transfer', ref: id, legs }, now).ok,
}

/** The lane as the server has it. */
export function benchLane(database: Database): Lane {
  return createLane({
    store: createPostgresStore({
      connect: (events) => database.connect('app', { max: 1, ...events }),
      sharedRows: [shareRow(account, holderProfile)],
      sleep,
    }),
    clock: systemClock,
    sleep,
  })
}

const random = createSeededRandom(1)
let requests = 0

/** A payer and a payee of the first `among`; with `hot`, half of all payments go to one payee. */
export function drawPair(hot: boolean, among = customers): { payer: number; payee: number } {
  const payer = random.between(2, among)
  if (hot && random.next() < 0.5) return { payer, payee: 1 }
  const payee = random.between(1, among)
  return payee === payer ? { payer, payee: 1 } : { payer, payee }
}

/** One plain transfer between two wallets. false: it did not post. */
export async function plain(lane: Lane, payer: number, payee: number): Promise<boolean> {
  const id = `t${(requests += 1)}`
  const amount = BigInt(random.between(1, 1_000))
  const legs = [{ debit: `2010:${customerId(payer)}`, credit: `2010:${customerId(payee)}`, amount }]
  const content = { payer, payee, amount }
  const done = await lane.submit(transfer, { owner: 'bench', id, content, input: { id, legs } })
  return done.status === 'done' && done.output
}

/** One payment as a customer makes it: guard, money, profiles. false: it did not post. */
export async function guarded(lane: Lane, payer: number, payee: number): Promise<boolean> {
  const number = (requests += 1)
  const amount = BigInt(random.between(1, 1_000))
  const input: PayCommandInput = {
    paymentId: `pay_${number}`,
    decisionId: `dec_${number}`,
    actor: {
      customerId: customerId(payer),
      sessionId: sessionId(payer),
      sessionDeviceId: deviceId(payer),
      deviceId: deviceId(payer),
      network: networkOf(payer),
      signals: { remoteControl: false, callInProgress: false, emulator: false },
    },
    payee: { id: customerId(payee), kind: 'person', shown: 'C***' },
    amount,
    source: 'wallet',
    memo: null,
  }
  const content = { payee: customerId(payee), amount, source: 'wallet', memo: null }
  const request = { owner: customerId(payer), id: `pay:${number}`, content, input }
  const done = await lane.submit(payCommand, request)
  return done.status === 'done' && 'state' in done.output && done.output.state === 'posted'
}

/** Everybody paid some others within the last month, and has just signed in. */
const live: Command<{ numbers: number[] }, null> = {
  name: 'bench.live',
  reads: ({ numbers }) =>
    numbers.flatMap((n) => {
      const id = customerId(n)
      return [
        customerKey(id),
        sessionKey(sessionId(n)),
        deviceKey(id, deviceId(n)),
        ...accountKeys([{ debit: `2010:${id}`, credit: `R201:${id}` }]),
        ...friends.flatMap((i) => guardKeys(partiesOf(n, friendOf(n, i)))),
      ]
    }),
  apply(state, { numbers }, now) {
    for (const n of numbers) {
      for (const i of friends) {
        const payeeId = customerId(friendOf(n, i))
        const parties = partiesOf(n, friendOf(n, i))
        const paid = { payerId: customerId(n), payeeId, parties, amount: 2_500n }
        const at = now - (friends.length - i) * 7 * day
        recordPayment(state, { ...paid, source: 'wallet', state: 'posted' }, at)
      }
      const signIn = { customerId: customerId(n), parties: partiesOf(n, n), amount: 0n } as const
      recordEvent(state, { kind: 'sign_in', ...signIn }, now)
    }
    return null
  },
}

const friends = [0, 1, 2]
const friendOf = (n: number, i: number) => ((n + i) % customers) + 1

function partiesOf(n: number, payee: number) {
  return {
    holder: `2010:${customerId(n)}`,
    payeeHolder: `2010:${customerId(payee)}`,
    deviceId: deviceId(n),
    network: networkOf(n),
  }
}

/**
 * Gives the first customers a month of life in the guard's profiles, through the lane, which then
 * knows them all: the runs measure a server that has been up a while.
 */
export async function warmUp(lane: Lane, among = customers): Promise<void> {
  for (let first = 1; first <= among; first += 500) {
    const numbers = Array.from({ length: 500 }, (_, i) => first + i)
    const request = { owner: 'bench', id: `live-${first}`, content: first, input: { numbers } }
    await lane.submit(live, request)
  }
}
