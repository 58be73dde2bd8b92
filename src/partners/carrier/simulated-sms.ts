import type { Sql } from '#database'
import { type Clock, type Instant, sha256Hex } from '#kernel'
import type { Carrier, CarrierSilence } from './port.ts'
import { carrierSentinelOf } from './sentinels.ts'

/** A text as it lies in somebody's inbox. */
export interface InboxMessage {
  readonly messageId: string
  /** The number it was sent to; not the owner of the inbox when it was diverted. */
  readonly phone: string
  readonly text: string
  readonly at: Instant
}

export interface SimulatedSms {
  readonly send: Carrier['sendSms']
  readonly reports: Carrier['deliveryReports']
  /** What an inbox (a phone number, or whoever holds a SIM) really got: newest first. */
  inbox(owner: string, limit?: number): Promise<readonly InboxMessage[]>
}

interface SmsRow {
  readonly reference: string
  readonly message_id: string
  readonly phone: string
  readonly content: string
  readonly sent_at: Instant
  readonly delivered_at: Instant | null
}

export interface SimulatedSmsOptions {
  readonly sql: Sql
  readonly clock: Clock
  readonly silenceOf: (phone: string) => CarrierSilence | undefined
}

/** Texts go to the forwarding target if there is one, else to whoever holds the number's SIM. */
export function createSimulatedSms({ sql, clock, silenceOf }: SimulatedSmsOptions): SimulatedSms {
  async function write(reference: string, phone: string, text: string): Promise<SmsRow> {
    const now = sql.typed.instant(clock.now())
    const delivered = carrierSentinelOf(phone) === 'smsNeverDelivered' ? null : now
    const [row] = await sql<SmsRow[]>`
      insert into partners.sms
        (reference, message_id, phone, inbox, content, sent_at, delivered_at)
      select ${reference}, ${messageIdOf(reference)}, asked.number,
        coalesce(forwarded_to, sim_held_by, asked.number), ${text}, ${now}, ${delivered}
      from (values (${phone}::text)) as asked (number)
      left join partners.phone on phone.number = asked.number
      on conflict (reference) do nothing
      returning reference, message_id, phone, content, sent_at, delivered_at`
    if (row !== undefined) return row
    const [first] = await sql<[SmsRow]>`
      select reference, message_id, phone, content, sent_at, delivered_at
      from partners.sms where reference = ${reference}`
    return first
  }

  return {
    async send({ reference, phone, text }) {
      const silence = silenceOf(phone)
      if (silence !== undefined) return { unknown: silence }
      if (carrierSentinelOf(phone) === 'smsRefused') return { unknown: 'refused' }
      const row = await write(reference, phone, text)
      if (row.phone !== phone || row.content !== text) return { unknown: 'reference_reused' }
      return { value: { reference, messageId: row.message_id, deliveredAt: row.delivered_at } }
    },
    async reports({ phone, since }) {
      const silence = silenceOf(phone)
      if (silence !== undefined) return { unknown: silence }
      const rows = await sql<SmsRow[]>`
        select reference, message_id, phone, content, sent_at, delivered_at from partners.sms
        where phone = ${phone} and sent_at >= ${sql.typed.instant(since)}
        order by sent_at, number limit 100`
      return {
        value: rows.map((row) => ({
          reference: row.reference,
          messageId: row.message_id,
          sentAt: row.sent_at,
          deliveredAt: row.delivered_at,
        })),
      }
    },
    async inbox(owner, limit = 50) {
      const rows = await sql<SmsRow[]>`
        select reference, message_id, phone, content, sent_at, delivered_at from partners.sms
        where inbox = ${owner} and delivered_at is not null
        order by number desc limit ${limit}`
      return rows.map(({ message_id, phone, content, sent_at }) => ({
        messageId: message_id,
        phone,
        text: content,
        at: sent_at,
      }))
    },
  }
}

/** From the reference, so that a repeated run has the same ids. */
function messageIdOf(reference: string): string {
  return `sms_${sha256Hex(reference).slice(0, 16)}`
}
