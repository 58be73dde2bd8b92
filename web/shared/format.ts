/** Words for amounts and times. Amounts stay decimal strings: no float is involved. */

/** '-1234.50' -> { sign: '−', whole: '1,234', decimals: '50' } */
export function partsOfAmount(amount: string): { sign: string; whole: string; decimals: string } {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount)
  const [, minus = '', whole = '0', decimals = '00'] = match ?? []
  return {
    sign: minus === '' ? '' : '−',
    whole: whole.replace(/\B(?=(\d{3})+$)/g, ','),
    decimals: decimals.padEnd(2, '0'),
  }
}

/** '1234.50' -> '¥1,234.50' */
export function money(amount: string, options: { plus?: boolean } = {}): string {
  const { sign, whole, decimals } = partsOfAmount(amount)
  const mark = sign === '' && options.plus === true && !isZero(amount) ? '+' : sign
  return `${mark}¥${whole}.${decimals}`
}

export function isZero(amount: string): boolean {
  return !/[1-9]/.test(amount)
}

/** ['1.50', '2.00'] -> '3.50', exactly. */
export function sumOf(amounts: readonly string[]): string {
  const fen = amounts.reduce((sum, amount) => sum + fenOf(amount), 0n)
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0')
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

export function isAtLeast(amount: string, floor: string): boolean {
  return fenOf(amount) >= fenOf(floor)
}

/** Answers always have two decimals. */
function fenOf(amount: string): bigint {
  return BigInt(amount.replace('.', ''))
}

/** For the lengths of bars only, never for money. */
export function lengthOf(amount: string): number {
  return Math.abs(Number(amount))
}

const zone = 'Asia/Shanghai'
const formats = {
  day: { day: 'numeric', month: 'short' },
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  weekday: { weekday: 'short', day: 'numeric', month: 'short' },
  time: { hour: '2-digit', minute: '2-digit' },
  clock: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  moment: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

export type TimeFormat = keyof typeof formats

const formatters = new Map<TimeFormat, Intl.DateTimeFormat>()

/** An RFC 3339 time, or a day ('2013-10-12'), as it is in China. */
export function when(time: string, format: TimeFormat): string {
  const instant = new Date(time.length === 10 ? `${time}T12:00:00+08:00` : time)
  let formatter = formatters.get(format)
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...formats[format] })
    formatters.set(format, formatter)
  }
  return formatter.format(instant)
}

const steps: [number, string][] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
]

/** 5_400_000 -> '1 h 30 min'; two units at most. */
export function duration(milliseconds: number): string {
  let rest = Math.max(0, milliseconds)
  const words: string[] = []
  for (const [size, name] of steps) {
    const count = Math.floor(rest / size)
    if (count > 0) words.push(`${count} ${name}`)
    rest -= count * size
    if (words.length === 2) break
  }
  return words.length === 0 ? '0 s' : words.join(' ')
}

const countFormat = new Intl.NumberFormat('en-GB')
const shortFormat = new Intl.NumberFormat('en-GB', {
  notation: 'compact',
  maximumFractionDigits: 1,
})

export function count(value: number): string {
  return countFormat.format(value)
}

export function short(value: number): string {
  return shortFormat.format(value)
}

/** Three significant figures; tiny rates in powers of ten. */
export function figure(value: number): string {
  if (value === 0) return '0'
  if (value < 0.001) return value.toExponential(1).replace('e-', ' × 10⁻').replace(/\d+$/, raised)
  return new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 }).format(value)
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'

function raised(digits: string): string {
  return [...digits].map((digit) => superscripts[Number(digit)] ?? '').join('')
}
