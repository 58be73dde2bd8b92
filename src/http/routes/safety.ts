import type { Customer } from '#contract'
import type { FlowProblem } from '#flows'
import { ok, second, type Result } from '#kernel'
import type { Handlers } from '../handler.ts'
import type { HandlerOptions } from '../handlers.ts'
import { pageAsked, pageShown } from '../page-of.ts'
import { customerOf, deviceOf } from '../presenters/identity.ts'
import { claimOf, noticeOf, reportOf } from '../presenters/reports.ts'
import { timeOf } from '../presenters/scalars.ts'
import { approvalIn } from '../approval-in.ts'

type Names =
  | 'freeze'
  | 'unfreeze'
  | 'reportTheft'
  | 'getReport'
  | 'listClaims'
  | 'listNotices'
  | 'listDevices'
  | 'reportSeenMessages'
  | 'listWaitingSignIns'
  | 'approveSignIn'

export function safetyHandlers({ flows }: HandlerOptions): Handlers<Names> {
  async function standing(
    customerId: string,
  ): Promise<Result<{ customer: Customer }, FlowProblem>> {
    const found = await flows.readCustomer(customerId)
    return found.ok ? ok({ customer: customerOf(found.value) }) : found
  }
  return {
    async freeze({ actor, key: requestId, body }) {
      const { reason } = body
      const wish = { requestId, ...(reason !== undefined && reason !== '' && { reason }) }
      const frozen = await flows.freezeCustomer(actor, wish)
      return frozen.ok ? standing(actor.customerId) : frozen
    },
    async unfreeze({ actor, key: requestId, body }) {
      const lifted = await flows.unfreezeCustomer(actor, { requestId, password: body.password })
      return lifted.ok ? standing(actor.customerId) : lifted
    },
    async reportTheft({ actor, key: requestId, body }) {
      const { payment_ids: paymentIds, note } = body
      const wish = { requestId, paymentIds, ...(note !== undefined && { note }) }
      const reported = await flows.reportTheft(actor, wish)
      if (!reported.ok) return reported
      const report = await flows.readReport(actor, reported.value.reportId)
      return report.ok ? ok(reportOf(report.value)) : report
    },
    async getReport({ actor, params }) {
      const report = await flows.readReport(actor, params.id)
      return report.ok ? ok(reportOf(report.value)) : report
    },
    async listClaims({ actor, query }) {
      const claims = await flows.readClaims(actor, pageAsked(query))
      return claims.ok ? ok(pageShown(claims.value, query.limit, claimOf)) : claims
    },
    async listNotices({ actor, query }) {
      const notices = await flows.readNotices(actor, pageAsked(query))
      return notices.ok ? ok(pageShown(notices.value, query.limit, noticeOf)) : notices
    },
    async reportSeenMessages({ actor, body, key }) {
      const noted = await flows.reportSeenMessages(actor, {
        requestId: key,
        hashes: body.hashes,
        completeMs: body.complete_seconds * second,
        receivingMs: body.receiving_seconds === null ? null : body.receiving_seconds * second,
        holdsSim: body.holds_sim,
      })
      return noted.ok ? ok({ done: true }) : noted
    },
    async listDevices({ actor }) {
      const devices = await flows.readDevices(actor)
      return ok({
        data: devices.map((device) => deviceOf(device, device.deviceId === actor.deviceId)),
      })
    },
    async listWaitingSignIns({ actor }) {
      const waiting = await flows.readWaitingSignIns(actor)
      return ok({
        data: waiting.map(({ id, deviceName, openedAt, expiresAt }) => ({
          id,
          device_name: deviceName,
          opened_at: timeOf(openedAt),
          expires_at: timeOf(expiresAt),
        })),
      })
    },
    async approveSignIn({ actor, key: requestId, params, body }) {
      const approved = await flows.approveSignIn(actor, {
        requestId,
        challengeId: params.id,
        ...approvalIn(body),
      })
      return approved.ok ? ok({ done: true }) : approved
    },
  }
}
