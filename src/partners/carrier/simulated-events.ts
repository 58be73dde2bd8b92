import type { Sql } from '#database'
import type { Clock, Instant } from '#kernel'
import type { CarrierEvent, CarrierEvents, CarrierListener } from './port.ts'

/** Names the simulator as the producer of its events. */
const source = '/simulator/carrier'
const batch = 100

export interface SimulatedEvents extends CarrierEvents {
  /** Tells what waits, oldest first, until all is taken or the listener wants it again later. */
  deliver(): Promise<void>
}

export interface SimulatedEventsOptions {
  readonly sql: Sql
  readonly clock: Clock
  /** Out of order: says nothing until it is asked again to deliver. */
  readonly isSilent: () => boolean
}

interface EventRow extends Pick<CarrierEvent, 'phone' | 'kind' | 'active'> {
  readonly number: bigint
  readonly at: Instant
}

/** News of numbers, kept in the books until taken. Whoever writes an event then calls `deliver`. */
export function createSimulatedEvents(options: SimulatedEventsOptions): SimulatedEvents {
  const { sql, clock, isSilent } = options
  let listener: CarrierListener | undefined
  let tail: Promise<void> = Promise.resolve()

  async function tell(): Promise<void> {
    if (listener === undefined || isSilent()) return
    let waiting: EventRow[]
    do {
      waiting = await sql<EventRow[]>`
        select number, phone, kind, active, at from partners.carrier_event
        where taken_at is null order by number limit ${batch}`
      for (const { number, ...news } of waiting) {
        const event = { ...news, id: `evt_${number}`, source }
        if (!(await isTaken(listener, event))) return
        await sql`
          update partners.carrier_event set taken_at = ${sql.typed.instant(clock.now())}
          where number = ${number}`
      }
    } while (waiting.length === batch)
  }

  /** One at a time: two tellers would each tell everything. */
  function deliver(): Promise<void> {
    tail = tail.then(tell, tell)
    return tail
  }

  return {
    deliver,
    subscribe(subscriber) {
      listener = subscriber
      return deliver()
    },
  }
}

/** A listener that breaks has not taken it: that is no reason for the carrier to break as well. */
async function isTaken(listener: CarrierListener, event: CarrierEvent): Promise<boolean> {
  try {
    return await listener(event)
  } catch {
    return false
  }
}
