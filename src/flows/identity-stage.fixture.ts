import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { createLane, createPostgresStore, shareRow } from '#commit'
import type { Database } from '#database'
import { createPasswordHasher, type CodePurpose } from '#identity'
import {
  createIds,
  createManualClock,
  createSeededRandom,
  localInstant,
  type Result,
} from '#kernel'
import { account } from '#ledger'
import { createSimulators, type Simulators } from '#partners'
import { builtInPolicies, holderProfile, publishPolicy, type PolicyName } from '#risk'
import type { Actor, FlowContext, Problem } from './context.ts'
import { createAuthenticate } from './authenticate.ts'
import type { SignedIn } from './new-session.ts'
import type { Origin } from './origin.ts'
import { createRequestCode } from './request-code.ts'
import { createSignUp } from './sign-up.ts'

export const password = 'correct horse battery'
export const idNumber = '110101199003071233'
const quiet = { remoteControl: false, callInProgress: false, emulator: false }

/** A device that asks from somewhere. */
export function from(deviceId: string | null, network = '203.0.113'): Origin {
  return { deviceId, deviceName: 'Phone', network, signals: quiet }
}

/** Identity's flows on a database of their own, with simulated partners and a clock at hand. */
export async function createIdentityStage(given: { database: Database; drop(): Promise<void> }) {
  const { database, drop } = given
  const simulatorSql = database.connect('simulator')
  const sql = database.connect('app')
  const clock = createManualClock(localInstant('2026-03-02', '09:00'))
  const simulators = await createSimulators({ sql: simulatorSql, clock, seed: 1 })
  const random = createSeededRandom(7)
  const wait = (ms: number): Promise<void> => sleep(ms, undefined)
  const store = createPostgresStore({
    connect: () => database.connect('app', { max: 1 }),
    sharedRows: [shareRow(account, holderProfile)],
    sleep: wait,
  })
  const lane = createLane({ store, clock, sleep: wait })
  const log: string[] = []
  const context: FlowContext = {
    lane,
    bulkConnection: () => database.connect('app', { max: 1 }),
    sql,
    now: () => lane.now(),
    realNow: () => clock.now(),
    ids: createIds(random),
    random,
    partners: { carrier: simulators.carrier, identity: simulators.identity },
    passwords: createPasswordHasher({
      memoryKiB: 256,
      iterations: 1,
      pepper: 'pepper of the tests',
    }),
    log: {
      info: (fields, message) => log.push(`${message} ${JSON.stringify(fields)}`),
      warn: (fields, message) => log.push(`${message} ${JSON.stringify(fields)}`),
    },
    testClock: false,
  }
  return {
    context,
    clock,
    sql,
    simulators,
    log,
    code: (phone: string, purpose: CodePurpose) => code({ context, simulators }, phone, purpose),
    signUp: (phone: string) => signUp({ context, simulators }, phone),
    actor: (session: SignedIn, deviceId?: string) => actor(context, session, deviceId),
    async publish(name: PolicyName) {
      const input = { document: builtInPolicies[name], by: 'test' }
      const id = context.ids.next('req')
      await lane.submit(publishPolicy, { owner: 'test', id, content: name, input })
    },
    async close() {
      await lane.close()
      await Promise.all([sql.end(), simulatorSql.end()])
      await drop()
    },
  }
}

type Parts = { context: FlowContext; simulators: Simulators }

/** Asks for a code and reads it from whoever's inbox it reached. */
async function code(parts: Parts, phone: string, purpose: CodePurpose): Promise<string> {
  const { context, simulators } = parts
  valueOf(await createRequestCode(context)({ phone, purpose }))
  const [message] = await simulators.carrier.inbox(phone)
  return codeIn(message?.text)
}

export function codeIn(text: string | undefined): string {
  const found = /\b(\d{6})\b/.exec(text ?? '')?.[1]
  assert.ok(found !== undefined, `no code in: ${text}`)
  return found
}

/** A customer whose first device is trusted, signed in on it. */
async function signUp(parts: Parts, phone: string): Promise<SignedIn> {
  const input = {
    phone,
    code: await code(parts, phone, 'sign_up'),
    name: 'Li Na',
    idNumber,
    password,
  }
  return valueOf(await createSignUp(parts.context)(input, from(null)))
}

async function actor(context: FlowContext, session: SignedIn, deviceId?: string): Promise<Actor> {
  const { token } = session
  const shown = {
    token,
    deviceId: deviceId ?? session.deviceId,
    network: '203.0.113',
    signals: quiet,
  }
  return valueOf(await createAuthenticate(context)(shown)).actor
}

export function valueOf<T>(result: Result<T, Problem>): T {
  assert.ok(result.ok, result.ok ? '' : `refused: ${result.error.code}`)
  return result.value
}

export function codeOf<T>(result: Result<T, Problem>): string {
  return result.ok ? 'ok' : result.error.code
}
