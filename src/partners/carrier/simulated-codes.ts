import type { Sql } from '#database'
import { type Clock, hour, type Instant, minute, sha256Hex } from '#kernel'
import type { CarrierCodes } from './codes-port.ts'
import type { CarrierSilence } from './port.ts'
import type { SimulatedSms } from './simulated-sms.ts'

const lifeMs = 5 * minute
const tries = 3
const codesPerHour = 10

export interface SimulatedCodesOptions {
  readonly sql: Sql
  readonly clock: Clock
  readonly silenceOf: (phone: string) => CarrierSilence | undefined
  readonly send: SimulatedSms['send']
}

interface CodeRow {
  readonly phone: string
  readonly sent_at: Instant
  readonly wrong_tries: number
  readonly used_at: Instant | null
}

/** The carrier's own codes. They lie in an inbox like any text; after an hour ten more may go. */
export function createSimulatedCodes(options: SimulatedCodesOptions): CarrierCodes {
  const { sql, clock, silenceOf, send } = options
  const idOf = (number: number) => `otp_${sha256Hex(`otp ${number}`).slice(0, 24)}`

  return {
    async sendCode({ phone, message }) {
      const silence = silenceOf(phone)
      if (silence !== undefined) return { unknown: silence }
      if (!message.includes('{{code}}') || message.length > 160) return { unknown: 'refused' }
      const now = clock.now()
      const [counted] = await sql<[{ all: number; late: number }]>`
        select count(*)::int4 as all, count(*) filter (
          where phone = ${phone} and sent_at > ${sql.typed.instant(now - hour)})::int4 as late
        from partners.one_time_password`
      if (counted.late >= codesPerHour) return { refused: 'max_codes_exceeded' }
      const authenticationId = idOf(counted.all + 1)
      const text = message.replaceAll('{{code}}', codeOf(authenticationId))
      const sent = await send({ reference: authenticationId, phone, text })
      if ('unknown' in sent) {
        return sent.unknown === 'refused' ? { refused: 'phone_not_allowed' } : sent
      }
      await sql`
        insert into partners.one_time_password (authentication_id, phone, sent_at)
        values (${authenticationId}, ${phone}, ${sql.typed.instant(now)})`
      return { value: { authenticationId } }
    },

    async validateCode({ authenticationId, code }) {
      const [row] = await sql<CodeRow[]>`
        select phone, sent_at, wrong_tries, used_at from partners.one_time_password
        where authentication_id = ${authenticationId}`
      if (row === undefined) return { refused: 'verification_expired' }
      const silence = silenceOf(row.phone)
      if (silence !== undefined) return { unknown: silence }
      if (row.wrong_tries >= tries) return { refused: 'verification_failed' }
      if (row.used_at !== null || clock.now() >= row.sent_at + lifeMs) {
        return { refused: 'verification_expired' }
      }
      if (code !== codeOf(authenticationId)) {
        await sql`
          update partners.one_time_password set wrong_tries = wrong_tries + 1
          where authentication_id = ${authenticationId}`
        return { refused: 'invalid_otp' }
      }
      const used = await sql`
        update partners.one_time_password set used_at = ${sql.typed.instant(clock.now())}
        where authentication_id = ${authenticationId} and used_at is null returning number`
      return used.length === 1 ? { value: 'valid' } : { refused: 'verification_expired' }
    },
  }
}

/** Secret from nobody who reads this file: a simulator's. */
function codeOf(authenticationId: string): string {
  const number = Number.parseInt(sha256Hex(`code of ${authenticationId}`).slice(0, 8), 16)
  return String(number % 1_000_000).padStart(6, '0')
}
