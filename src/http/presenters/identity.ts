import type { Customer, Device, Me, Party as ShownParty, Session } from '#contract'
import type { MeView, Party } from '#flows'
import type { CustomerView, DeviceView, SessionView } from '#identity'
import type { Instant } from '#kernel'
import { timeOf, timeOrNull, warningsOf } from './scalars.ts'

export function customerOf(view: CustomerView): Customer {
  const { id, kind, name, status, frozenReason } = view
  return {
    id,
    kind,
    name,
    phone_masked: view.phoneMasked,
    status,
    frozen_at: timeOrNull(view.frozenAt),
    frozen_reason: frozenReason,
    created_at: timeOf(view.createdAt),
  }
}

/** `current`: the device that this request says it comes from. */
export function deviceOf(view: DeviceView, current: boolean): Device {
  const { deviceId, name, addedBy, trusted } = view
  return {
    id: deviceId,
    name,
    added_at: timeOf(view.addedAt),
    added_by: addedBy,
    trusted,
    trusted_from: timeOrNull(view.trustedFrom),
    current,
    last_seen_at: timeOf(view.lastSeenAt),
  }
}

export function meOf(
  view: MeView,
  session: { sessionId: string; csrfToken: string; expiresAt: Instant; simulated: boolean },
): Me {
  return {
    customer: customerOf(view.customer),
    device: deviceOf(view.device, true),
    csrf_token: session.csrfToken,
    session_id: session.sessionId,
    session_expires_at: timeOf(session.expiresAt),
    cool_off_until: timeOrNull(view.coolOffUntil),
    warnings: warningsOf(view.warnings),
    open_report_id: view.openReportId,
    simulated: session.simulated,
  }
}

export function sessionOf(view: SessionView, currentId: string): Session {
  return {
    id: view.sessionId,
    device_id: view.deviceId,
    device_name: view.deviceName,
    network: view.network,
    created_at: timeOf(view.createdAt),
    expires_at: timeOf(view.expiresAt),
    proof: view.proof,
    current: view.sessionId === currentId,
  }
}

export function partyOf({ customerId, name, kind, phoneMasked }: Party): ShownParty {
  return { customer_id: customerId, name, kind, phone_masked: phoneMasked }
}
