import { defineRecord, keyOf, type Key, type View } from '#commit'
import { minute, type Instant } from '#kernel'

/**
 * Failed sign-ins of operators by login and by network. A login that nobody has is counted like
 * one that somebody has, else the wall would tell them apart. The count closes no door to who
 * shows password and factor at once: see `flows/operator-sign-in.ts`.
 */
interface OperatorAttempts {
  /** `login/…` or `net/…`. */
  readonly id: string
  readonly failures: number
  readonly since: Instant
}

const operatorAttempts = defineRecord<OperatorAttempts>({
  name: 'identity.operator_attempts',
  key: 'id',
  fields: { id: 'text', failures: 'integer', since: 'instant' },
})

const windowMs = 15 * minute
const allowed = { login: 10, net: 30 } as const

/** From where somebody tries to sign in as whom. */
export interface OperatorDoor {
  /** Lower case. */
  readonly login: string
  readonly network: string
}

export function operatorDoorKeys({ login, network }: OperatorDoor): Key[] {
  return [keyOf(operatorAttempts, `login/${login}`), keyOf(operatorAttempts, `net/${network}`)]
}

/** True after ten failures with the login, or thirty from the network, in fifteen minutes. */
export function operatorDoorClosed(
  state: View,
  { login, network }: OperatorDoor,
  now: Instant,
): boolean {
  return (
    failuresOf(state, `login/${login}`, now) >= allowed.login ||
    failuresOf(state, `net/${network}`, now) >= allowed.net
  )
}

export function countOperatorFailure(
  state: View,
  { login, network }: OperatorDoor,
  now: Instant,
): void {
  for (const id of [`login/${login}`, `net/${network}`]) {
    const failures = failuresOf(state, id, now)
    const since = failures === 0 ? now : (state.get(operatorAttempts, id)?.since ?? now)
    state.put(operatorAttempts, { id, failures: failures + 1, since })
  }
}

/** A success wipes what was counted against the login, not against the network. */
export function forgetOperatorFailures(state: View, { login }: OperatorDoor, now: Instant): void {
  const id = `login/${login}`
  if (failuresOf(state, id, now) > 0) state.put(operatorAttempts, { id, failures: 0, since: now })
}

function failuresOf(state: View, id: string, now: Instant): number {
  const row = state.get(operatorAttempts, id)
  return row === undefined || now - row.since >= windowMs ? 0 : row.failures
}
