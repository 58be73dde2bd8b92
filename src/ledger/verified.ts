/** How many were looked at, and at most 20 of those that break the rule, in words. */
export interface Verified {
  readonly checked: number
  readonly broken: readonly string[]
}
