import type { Ban } from './plan.ts'

/** Files that break one rule, and where that must be reported. */
export interface Planted {
  rule: string
  says: string
  files: Record<string, string>
  /** How the message begins. */
  found: string
  at: string
  allowed?: Ban
}
