import type { LocalDate } from '#kernel'
import { parseAmount } from '#money'
import {
  longestText,
  mostFaults,
  type BankStatement,
  type FaultCode,
  type StatementFault,
} from './bank-statement.ts'

/** Reads the values of one file and collects what is wrong with them. */
export interface ValueReader {
  readonly faults: StatementFault[]
  fault(place: Place, code: FaultCode): null
  /** null: malformed, and noted. */
  date(text: string, place: Place): LocalDate | null
  /** Fen; null: malformed, and noted. */
  amount(text: string, place: Place): bigint | null
  /** null: empty, or too long and noted. */
  text(text: string, place: Place): string | null
}

export interface Place {
  readonly line: number
  readonly field: string
}

export function createValueReader(): ValueReader {
  const faults: StatementFault[] = []
  function fault({ line, field }: Place, code: FaultCode): null {
    if (faults.length < mostFaults) faults.push({ line, field, code })
    return null
  }
  return {
    faults,
    fault,
    date(text, place) {
      return isDate(text) ? text : fault(place, 'date_malformed')
    },
    amount(text, place) {
      const parsed = parseAmount(text)
      return parsed.ok ? parsed.value : fault(place, parsed.error)
    },
    text(text, place) {
      const plain = text.trim()
      if (plain.length > longestText) return fault(place, 'text_too_long')
      return plain === '' ? null : plain
    },
  }
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

/** What a statement must be as a whole: days within its period, balances that come out. */
export function checkWhole(
  read: Omit<BankStatement, 'from' | 'to'> & {
    from: LocalDate | null
    to: LocalDate | null
    /** Where each line stands in the file. */
    places: readonly number[]
  },
  values: ValueReader,
): BankStatement | null {
  const { places, ...statement } = read
  const { lines, opening, closing } = statement
  const dates = lines.map(({ date }) => date).sort()
  const from = statement.from ?? dates[0]
  const to = statement.to ?? dates.at(-1)
  const file = { line: 1, field: 'period' }
  if (from === undefined || to === undefined) return values.fault(file, 'period_missing')
  if (to < from) return values.fault(file, 'period_backwards')
  for (const [at, { date }] of lines.entries()) {
    const place = { line: places[at] ?? 1, field: 'date' }
    if (date < from || date > to) values.fault(place, 'outside_period')
  }
  const sum = lines.reduce((total, { amount }) => total + amount, 0n)
  if (opening !== null && closing !== null && opening + sum !== closing) {
    values.fault({ line: 1, field: 'closing' }, 'balance_wrong')
  }
  return values.faults.length === 0 ? { ...statement, from, to } : null
}
