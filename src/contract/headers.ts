/** Request headers of our own; all lower case, as Node shows them. */
export const headers = {
  /** The device id that the client keeps (`dev_…`: made by it, or given with its first session). */
  device: 'x-coffer-device',
  /** `deviceSignals` as JSON. */
  signals: 'x-coffer-signals',
  /** `csrf_token` of the session; needed by unsafe methods with a session cookie. */
  csrf: 'x-coffer-csrf',
  idempotencyKey: 'idempotency-key',
} as const

/** HttpOnly, SameSite=Strict. Customers and operators may be signed in side by side. */
export const cookies = {
  customer: 'coffer_session',
  operator: 'coffer_operator',
} as const

/** The pages carry this mark where the server writes the nonce of the answer's CSP. */
export const cspNonceMark = '__CSP_NONCE__'
