import { z } from 'zod'
import { DatabaseFault, type Sql } from '#database'
import { trialBalance, type TrialBalance } from '#ledger'
import { formatAmount } from '#money'
import type { PepperSeal } from './pepper-seal.ts'

const line = z.strictObject({
  book: z.string(),
  code: z.string(),
  accounts: z.int(),
  /** Decimal strings: yuan, or units. */
  debits: z.string(),
  credits: z.string(),
  balance: z.string(),
})

const note = z.strictObject({
  trialBalance: z.array(line),
  pepper: z.strictObject({ salt: z.string(), digest: z.string() }).nullable(),
})

/** What a backup tells beside its tables, to be compared after a restore. */
export type BackupNote = z.infer<typeof note>
export type BalanceLine = BackupNote['trialBalance'][number]

/** Read from the backup's own snapshot. */
export async function writeNote(snapshot: Sql, pepper: PepperSeal | null): Promise<BackupNote> {
  return { trialBalance: linesOf(await trialBalance(snapshot)), pepper }
}

/** Throws DatabaseFault when the manifest's note is not ours. */
export function readNote(content: unknown): BackupNote {
  const parsed = note.safeParse(content)
  if (parsed.success) return parsed.data
  throw new DatabaseFault('the backup does not say what its books came to: it cannot be used')
}

export function linesOf({ lines }: TrialBalance): BalanceLine[] {
  return lines.map(({ book, code, accounts, debits, credits, balance }) => ({
    book,
    code,
    accounts,
    debits: formatAmount(debits),
    credits: formatAmount(credits),
    balance: formatAmount(balance),
  }))
}
