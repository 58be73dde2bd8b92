/** What looking for broken rules came to: how many were looked at, and at most 20 that break one. */
export interface Verified {
  readonly checked: number
  readonly broken: readonly string[]
}
