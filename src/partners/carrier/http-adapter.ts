import { type Instant, toRfc3339 } from '#kernel'
import { createHttpCall, type HttpAnswer, type HttpPartnerOptions } from '../http-call.ts'
import type { Carrier, CarrierAnswer, CarrierSilence, LastChange } from './port.ts'
import {
  carrierPaths,
  forwardingActive,
  forwardings,
  latestDeviceChange,
  latestSimChange,
  numberVerified,
  reports,
  smsReceipt,
  swapped,
} from './wire.ts'

/** A carrier over HTTP, CAMARA shapes. Its silence is an answer: `{ unknown: … }`. */
export function createCarrierOverHttp(options: HttpPartnerOptions): Carrier {
  const call = createHttpCall(options)

  async function check(path: string, query: { phone: string; maxAgeHours: number }) {
    const body = { phoneNumber: query.phone, maxAge: query.maxAgeHours }
    return map(await call({ path, body, answer: swapped }), (value) => value.swapped)
  }

  return {
    checkSimSwap: (query) => check(carrierPaths.simSwapCheck, query),
    async retrieveSimSwapDate({ phone: phoneNumber }) {
      const path = carrierPaths.simSwapDate
      const answer = await call({ path, body: { phoneNumber }, answer: latestSimChange })
      return map(answer, (value) => lastChange(value.latestSimChange, value.monitoredPeriod))
    },
    checkDeviceSwap: (query) => check(carrierPaths.deviceSwapCheck, query),
    async retrieveDeviceSwapDate({ phone: phoneNumber }) {
      const path = carrierPaths.deviceSwapDate
      const answer = await call({ path, body: { phoneNumber }, answer: latestDeviceChange })
      return map(answer, (value) => lastChange(value.latestDeviceChange, value.monitoredPeriod))
    },
    async callForwarding({ phone: phoneNumber }) {
      const path = carrierPaths.callForwarding
      const answer = await call({ path, body: { phoneNumber }, answer: forwardingActive })
      return map(answer, (value) => value.active)
    },
    async callForwardings({ phone: phoneNumber }) {
      const path = carrierPaths.callForwardings
      return map(await call({ path, body: { phoneNumber }, answer: forwardings }), same)
    },
    async verifyNumber({ networkToken: token, ...subject }) {
      const path = carrierPaths.verifyNumber
      const body =
        'phone' in subject
          ? { phoneNumber: subject.phone }
          : { hashedPhoneNumber: subject.phoneHash }
      const answer = await call({ path, body, answer: numberVerified, token })
      return map(answer, (value) => value.devicePhoneNumberVerified)
    },
    async sendSms({ reference, phone: to, text }) {
      const body = { reference, to, text }
      return map(await call({ path: carrierPaths.sms, body, answer: smsReceipt }), same)
    },
    async deliveryReports({ phone: phoneNumber, since }) {
      const body = { phoneNumber, since: toRfc3339(since) }
      const answer = await call({ path: carrierPaths.deliveryReports, body, answer: reports })
      return map(answer, (value) => value.messages)
    },
  }
}

const silences: Readonly<Record<string, CarrierSilence>> = {
  IDENTIFIER_NOT_FOUND: 'number_not_found',
  OUT_OF_RANGE: 'out_of_range',
  NOT_IMPLEMENTED: 'not_supported',
  SERVICE_NOT_APPLICABLE: 'not_applicable',
  'NUMBER_VERIFICATION.USER_NOT_AUTHENTICATED_BY_MOBILE_NETWORK': 'not_authenticated',
  PERMISSION_DENIED: 'refused',
  UNAUTHENTICATED: 'refused',
  INVALID_ARGUMENT: 'refused',
  REFERENCE_REUSED: 'reference_reused',
  MISSING_IDENTIFIER: 'refused',
  UNNECESSARY_IDENTIFIER: 'refused',
}

/** What a refusal's code says to us; one that we do not know decides nothing. */
export function silenceOfCode(code: string): CarrierSilence {
  return silences[code] ?? 'malformed_answer'
}

function map<T, U>(answer: HttpAnswer<T>, read: (value: T) => U): CarrierAnswer<U> {
  if (answer.ok) return { value: read(answer.value) }
  if ('failure' in answer) return { unknown: answer.failure }
  return { unknown: silenceOfCode(answer.code) }
}

function lastChange(at: Instant | null, monitoredDays: number | undefined): LastChange {
  return { at, monitoredDays: monitoredDays ?? null }
}

function same<T>(value: T): T {
  return value
}
