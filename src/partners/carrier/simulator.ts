import type { Sql } from '#database'
import { type Clock, day, hour, type Instant, sha256Hex } from '#kernel'
import type { Faults } from '../faults.ts'
import type { CarrierCodes } from './codes-port.ts'
import { createSimulatedCodes } from './simulated-codes.ts'
import type {
  Carrier,
  CarrierAnswer,
  CarrierEvents,
  CarrierSilence,
  ForwardingKind,
  LastChange,
} from './port.ts'
import { carrierSentinelOf, type CarrierSentinel } from './sentinels.ts'
import { createSimulatedEvents, type SimulatedEvents } from './simulated-events.ts'
import { createSimulatedSms, type SimulatedSms } from './simulated-sms.ts'

/** The carrier remembers SIM and device changes for so long; 2,400 hours is CAMARA's limit. */
const memoryDays = 100

export interface CarrierSimulatorOptions {
  readonly sql: Sql
  readonly clock: Clock
  readonly faults: Faults
}

/** A working carrier, and what a scenario may do to its phones: whoever subscribed hears of it. */
export interface CarrierSimulator
  extends Carrier, CarrierCodes, CarrierEvents, Pick<SimulatedSms, 'inbox'> {
  /** Tells again what nobody has taken yet. */
  deliverEvents(): Promise<void>
  /** A new SIM for the number: SMS now go to `heldBy`'s inbox; old network tokens are void. */
  swapSim(phone: string, heldBy: string): Promise<void>
  /** The owner gets the number back with yet another SIM. */
  restoreSim(phone: string): Promise<void>
  /** The SIM moves to another device (IMEI). */
  swapDevice(phone: string): Promise<void>
  /** Unconditional forwarding: from now on calls and SMS go to `to`. */
  forwardSms(phone: string, to: string): Promise<void>
  stopForwarding(phone: string): Promise<void>
  /** Where a number's texts go instead, and when its SIM was last changed. */
  lineOf(phone: string): Promise<PhoneLine>
  /** What the mobile network gives to the device that holds the number's SIM now. */
  networkToken(phone: string): Promise<string>
}

/** What a scenario has done to a number. */
export interface PhoneLine {
  readonly forwardedTo: string | null
  readonly simChangedAt: Instant | null
}

interface PhoneRow {
  readonly sim_changed_at: Instant | null
  readonly device_changed_at: Instant | null
  readonly sim_serial: number | null
  readonly forwarded_to: string | null
}

const silences: Partial<Record<CarrierSentinel, CarrierSilence>> = {
  numberNotFound: 'number_not_found',
  timeout: 'timeout',
  rateLimited: 'rate_limited',
  unavailable: 'unavailable',
  malformedAnswer: 'malformed_answer',
  permissionDenied: 'refused',
  notApplicable: 'not_applicable',
}

const ordinary: PhoneRow = {
  sim_changed_at: null,
  device_changed_at: null,
  sim_serial: 1,
  forwarded_to: null,
}

export function createCarrierSimulator(options: CarrierSimulatorOptions): CarrierSimulator {
  const { sql, clock, faults } = options
  const sms = createSimulatedSms({ sql, clock, silenceOf })
  const isSilent = () => faults.of('carrier') !== undefined
  const events = createSimulatedEvents({ sql, clock, isSilent })

  function silenceOf(phone: string): CarrierSilence | undefined {
    const fault = faults.of('carrier')
    if (fault !== undefined) return fault
    const sentinel = carrierSentinelOf(phone)
    return sentinel && silences[sentinel]
  }

  async function phoneOf(number: string): Promise<PhoneRow> {
    const sentinel = carrierSentinelOf(number)
    const hourAgo = clock.now() - hour
    if (sentinel === 'simSwappedAnHourAgo') return { ...ordinary, sim_changed_at: hourAgo }
    if (sentinel === 'deviceSwappedAnHourAgo') return { ...ordinary, device_changed_at: hourAgo }
    if (sentinel === 'forwardingActive') return { ...ordinary, forwarded_to: '+99900000099' }
    const [row] = await sql<PhoneRow[]>`
      select sim_changed_at, device_changed_at, sim_serial, forwarded_to
      from partners.phone where number = ${number}`
    return row ?? ordinary
  }

  /** Answers from the phone's row, or says why not. */
  async function ask<T>(
    phone: string,
    answer: (row: PhoneRow) => CarrierAnswer<T>,
  ): Promise<CarrierAnswer<T>> {
    const silence = silenceOf(phone)
    return silence === undefined ? answer(await phoneOf(phone)) : { unknown: silence }
  }

  function changedWithin(at: Instant | null, maxAgeHours: number): CarrierAnswer<boolean> {
    if (maxAgeHours < 1 || maxAgeHours > memoryDays * 24) return { unknown: 'out_of_range' }
    return { value: at !== null && at > clock.now() - maxAgeHours * hour }
  }

  function lastChange(at: Instant | null): CarrierAnswer<LastChange> {
    const remembered = at !== null && at > clock.now() - memoryDays * day
    return { value: { at: remembered ? at : null, monitoredDays: memoryDays } }
  }

  function forwardings(phone: string, row: PhoneRow): CarrierAnswer<readonly ForwardingKind[]> {
    if (carrierSentinelOf(phone) === 'notSupported') return { unknown: 'not_supported' }
    return { value: [row.forwarded_to === null ? 'inactive' : 'unconditional'] }
  }

  return {
    checkSimSwap: ({ phone, maxAgeHours }) =>
      ask(phone, (row) => changedWithin(row.sim_changed_at, maxAgeHours)),
    retrieveSimSwapDate: ({ phone }) => ask(phone, (row) => lastChange(row.sim_changed_at)),
    checkDeviceSwap: ({ phone, maxAgeHours }) =>
      ask(phone, (row) => changedWithin(row.device_changed_at, maxAgeHours)),
    retrieveDeviceSwapDate: ({ phone }) => ask(phone, (row) => lastChange(row.device_changed_at)),
    callForwarding: ({ phone }) => ask(phone, (row) => isForwarded(forwardings(phone, row))),
    callForwardings: ({ phone }) => ask(phone, (row) => forwardings(phone, row)),
    async verifyNumber({ networkToken, ...subject }) {
      const [holder = '', serial] = networkToken.split('#')
      const silence = silenceOf('phone' in subject ? subject.phone : holder)
      if (silence !== undefined) return { unknown: silence }
      const { sim_serial } = await phoneOf(holder)
      if (serial !== String(sim_serial)) return { unknown: 'not_authenticated' }
      if ('phone' in subject) return { value: holder === subject.phone }
      return { value: sha256Hex(holder) === subject.phoneHash.toLowerCase() }
    },
    sendSms: sms.send,
    deliveryReports: sms.reports,
    inbox: sms.inbox,
    ...createSimulatedCodes({ sql, clock, silenceOf, send: sms.send }),
    subscribe: events.subscribe,
    deliverEvents: events.deliver,
    ...phoneControls({ sql, clock, events }),
  }
}

function isForwarded(answer: CarrierAnswer<readonly ForwardingKind[]>): CarrierAnswer<boolean> {
  return 'unknown' in answer ? answer : { value: answer.value.includes('unconditional') }
}

type Controls = Omit<
  CarrierSimulator,
  keyof Carrier | keyof CarrierCodes | 'inbox' | 'subscribe' | 'deliverEvents'
>

interface ControlOptions {
  readonly sql: Sql
  readonly clock: Clock
  readonly events: Pick<SimulatedEvents, 'deliver'>
}

/** What changes a line writes its news with it, in one statement. */
function phoneControls({ sql, clock, events }: ControlOptions): Controls {
  async function changeSim(phone: string, heldBy: string | null): Promise<void> {
    const now = sql.typed.instant(clock.now())
    await sql`
      with changed as (
        insert into partners.phone as phone (number, sim_changed_at, sim_serial, sim_held_by)
        values (${phone}, ${now}, 2, ${heldBy})
        on conflict (number) do update set sim_changed_at = excluded.sim_changed_at,
          sim_serial = phone.sim_serial + 1, sim_held_by = excluded.sim_held_by
        returning number)
      insert into partners.carrier_event (phone, kind, active, at)
      select number, 'sim_swap', true, ${now} from changed`
    await events.deliver()
  }
  async function forward(phone: string, to: string | null): Promise<void> {
    const now = sql.typed.instant(clock.now())
    // Another target is no news, and neither is to end what never began.
    await sql`
      with before as (select forwarded_to from partners.phone where number = ${phone}),
      changed as (
        insert into partners.phone (number, forwarded_to) values (${phone}, ${to})
        on conflict (number) do update set forwarded_to = excluded.forwarded_to
        returning number, forwarded_to is not null as active)
      insert into partners.carrier_event (phone, kind, active, at)
      select number, 'call_forwarding', active, ${now} from changed
      where active <> coalesce((select forwarded_to is not null from before), false)`
    await events.deliver()
  }
  return {
    swapSim: changeSim,
    restoreSim: (phone) => changeSim(phone, null),
    async swapDevice(phone) {
      await sql`
        insert into partners.phone (number, device_changed_at)
        values (${phone}, ${sql.typed.instant(clock.now())})
        on conflict (number) do update set device_changed_at = excluded.device_changed_at`
    },
    forwardSms: forward,
    stopForwarding: (phone) => forward(phone, null),
    async lineOf(phone) {
      const [row] = await sql<PhoneLine[]>`
        select forwarded_to as "forwardedTo", sim_changed_at as "simChangedAt"
        from partners.phone where number = ${phone}`
      return row ?? { forwardedTo: null, simChangedAt: null }
    },
    async networkToken(phone) {
      const [row] = await sql<{ sim_serial: number }[]>`
        select sim_serial from partners.phone where number = ${phone}`
      return `${phone}#${row?.sim_serial ?? 1}`
    },
  }
}
