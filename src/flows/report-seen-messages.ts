import type { Command } from '#commit'
import {
  codeKey,
  compareSeen,
  customer,
  customerKey,
  deviceIn,
  deviceKey,
  findCustomer,
  isTrusted,
  openCodesSince,
  smsWatchKey,
} from '#identity'
import { ok, type Instant, type Result } from '#kernel'
import type { Actor, FlowContext, Problem } from './context.ts'
import { noteSmsSignal } from './receive-sms-signal.ts'
import { submit } from './submit.ts'

/** What the app on the enrolled phone saw. Ages in ms: a phone's clock is not to be trusted. */
export interface SeenMessages {
  readonly requestId: string
  /** SHA-256 (hex) of each text from us that lies in the phone's inbox. */
  readonly hashes: readonly string[]
  /** The list is complete for texts of so long ago until now. */
  readonly completeMs: number
  /** On, at home in its network and able to receive without a break for so long; null: not. */
  readonly receivingMs: number | null
  readonly holdsSim: boolean
}

/** The same whatever was concluded: a thief on the phone learns nothing. */
type Noted = { readonly status: 'noted' }

interface Report {
  readonly customerId: string
  readonly deviceId: string
  readonly phone: string
  readonly digests: readonly string[]
  readonly delivered: readonly (readonly [reference: string, at: Instant])[]
  readonly completeMs: number
  readonly receivingMs: number | null
  readonly holdsSim: boolean
}

const report: Command<Report, Noted> = {
  name: 'identity.report-seen-messages',
  reads: ({ customerId, deviceId, phone }) => [
    customerKey(customerId),
    deviceKey(customerId, deviceId),
    codeKey(phone),
    smsWatchKey(phone),
  ],
  apply(state, input, now) {
    const { customerId, deviceId, phone, receivingMs } = input
    // A thief's own phone has nothing to say about the victim's texts.
    if (!isTrusted(deviceIn(state, customerId, deviceId), now)) return { status: 'noted' }
    if (state.get(customer, customerId)?.phone !== phone) return { status: 'noted' }
    const news = compareSeen(state, {
      customerId,
      phone,
      delivered: new Map(input.delivered),
      report: {
        at: now,
        completeSince: now - input.completeMs,
        receivingSince: receivingMs === null ? null : now - receivingMs,
        holdsSim: input.holdsSim,
        seen: new Set(input.digests),
      },
    })
    if (news !== 'none') {
      const signal = { customerId, kind: 'sms_silence', active: news === 'raise', at: now } as const
      noteSmsSignal(state, signal, now)
    }
    return { status: 'noted' }
  },
}

/**
 * Takes what the enrolled phone saw of our codes and compares it with what was sent, delivered and
 * used. What does not fit raises SMS silence. Errors: id_reused.
 */
export function createReportSeenMessages(context: FlowContext) {
  return async (actor: Actor, seen: SeenMessages): Promise<Result<Noted, Problem>> => {
    const { customerId, deviceId, sessionDeviceId } = actor
    const who = await findCustomer(context.sql, customerId)
    const since = who === null ? null : await openCodesSince(context.sql, who.phone)
    if (who === null || since === null || deviceId !== sessionDeviceId) {
      return ok({ status: 'noted' })
    }
    const { phone } = who
    const { hashes, completeMs, receivingMs, holdsSim } = seen
    const input: Report = {
      customerId,
      deviceId,
      phone,
      digests: hashes.map((hash) => context.passwords.fingerprint('text', hash)),
      delivered: await deliveries(context, { phone, since }),
      completeMs,
      receivingMs,
      holdsSim,
    }
    return submit(context, report, { owner: customerId, id: seen.requestId, content: seen, input })
  }
}

async function deliveries(
  { partners }: FlowContext,
  query: { phone: string; since: Instant },
): Promise<Report['delivered']> {
  const answer = await partners.carrier?.deliveryReports(query)
  if (answer === undefined || 'unknown' in answer) return []
  return answer.value.flatMap(({ reference, deliveredAt }) =>
    deliveredAt === null ? [] : [[reference, deliveredAt] as const],
  )
}
