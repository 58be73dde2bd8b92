import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { day, required } from '#kernel'
import { slidingWindows, type SlidingWindows } from '#risk'

/** One payment of the outside data. Ids and fen are whole, time is seconds since its first day. */
interface CardRow {
  readonly seconds: number
  readonly customer: number
  readonly terminal: number
  readonly fen: number
  readonly fraud: number
}

export const featureNames = [
  'amount',
  'weekend',
  'night',
  ...['1', '7', '30'].flatMap((days) => [`customer_count_${days}d`, `customer_mean_${days}d`]),
  ...['1', '7', '30'].flatMap((days) => [`terminal_count_${days}d`, `terminal_risk_${days}d`]),
]
const width = featureNames.length

/** The payments of the days kept, with their features row by row. */
export interface FeatureTable {
  readonly days: Int32Array
  readonly customers: Int32Array
  readonly labels: Uint8Array
  /** `width` features per row. */
  readonly features: Float32Array
  readonly rows: number
}

export interface Streamed {
  readonly table: FeatureTable
  /** Everything read, and how long reading, unpacking, windows and features took together. */
  readonly events: number
  readonly seconds: number
}

/**
 * Streams the file once, in the order of time, through the guard's own windows; keeps the features
 * of all days from `firstDay` on. Throws on a file that is not what it should be.
 */
export async function streamFeatures(path: string, firstDay: number): Promise<Streamed> {
  const began = performance.now()
  const rows: number[] = []
  const kept = { days: rows, customers: [] as number[], labels: [] as number[] }
  const blocks: Float32Array[] = []
  const compute = createFeatures()
  const features = new Float32Array(width)
  const take = (row: CardRow): void => {
    compute(row, features)
    const dayOf = Math.floor(row.seconds / 86_400)
    if (dayOf < firstDay) return
    const at = kept.days.push(dayOf) - 1
    kept.customers.push(row.customer)
    kept.labels.push(row.fraud)
    if (at % blockRows === 0) blocks.push(new Float32Array(blockRows * width))
    required(blocks.at(-1), 'block').set(features, (at % blockRows) * width)
  }
  const reader = createReader(take)
  for await (const chunk of createReadStream(path).pipe(createGunzip()))
    reader.feed(chunk as Buffer)
  const events = reader.end()
  const seconds = (performance.now() - began) / 1_000
  const table = tableOf(kept, blocks)
  return { table, events, seconds }
}

const blockRows = 65_536

function tableOf(
  kept: { days: number[]; customers: number[]; labels: number[] },
  blocks: readonly Float32Array[],
): FeatureTable {
  const rows = kept.days.length
  const features = new Float32Array(blocks.length * blockRows * width)
  for (const [i, block] of blocks.entries()) features.set(block, i * blockRows * width)
  return {
    days: Int32Array.from(kept.days),
    customers: Int32Array.from(kept.customers),
    labels: Uint8Array.from(kept.labels),
    features,
    rows,
  }
}

const newline = 10
const carriageReturn = 13
const comma = 44
const point = 46
const zero = 48
/** tx_id, t_seconds, customer_id, terminal_id, amount, fraud, scenario. */
const fields = 7

/**
 * Reads rows from the bytes as they come: whole numbers between commas, an amount with exactly two
 * decimals (its point is passed over, which leaves fen). The first line names the columns.
 */
function createReader(take: (row: CardRow) => void): {
  feed(bytes: Uint8Array): void
  end(): number
} {
  const row = { seconds: 0, customer: 0, terminal: 0, fen: 0, fraud: 0 }
  const numbers = new Float64Array(fields)
  let line = 1
  let field = 0
  let digits = 0
  /** Digits since a point; -1: there was none. */
  let decimals = -1
  const check = (isRight: boolean) => {
    if (!isRight) throw new Error(`line ${line}, field ${field + 1}: not a payment`)
  }
  const endField = () => {
    check(digits > 0 && decimals === (field === 4 ? 2 : -1))
    field += 1
    digits = 0
    decimals = -1
  }
  const endLine = () => {
    endField()
    check(field === fields && (numbers[5] as number) <= 1 && (numbers[1] as number) >= row.seconds)
    row.seconds = numbers[1] as number
    row.customer = numbers[2] as number
    row.terminal = numbers[3] as number
    row.fen = numbers[4] as number
    row.fraud = numbers[5] as number
    take(row)
    numbers.fill(0)
    field = 0
  }
  const feed = (bytes: Uint8Array): void => {
    for (let i = 0; i < bytes.length; i += 1) {
      const byte = bytes[i] as number
      if (byte === newline) {
        if (line > 1) endLine()
        line += 1
      } else if (line === 1 || byte === carriageReturn) continue
      else if (byte === comma) {
        check(field < fields - 1)
        endField()
      } else if (byte === point) {
        check(decimals === -1)
        decimals = 0
      } else {
        const digit = byte - zero
        check(digit >= 0 && digit <= 9)
        numbers[field] = (numbers[field] as number) * 10 + digit
        digits += 1
        if (decimals >= 0) decimals += 1
      }
    }
  }
  return {
    feed,
    end() {
      if (field > 0) {
        endLine()
        line += 1
      }
      return line - 2
    },
  }
}

const windowsMs = [day, 7 * day, 30 * day]

/** The 15 features; a customer's windows hold the present payment, a terminal's end a week ago. */
function createFeatures(): (row: CardRow, out: Float32Array) => void {
  const customers: SlidingWindows[] = []
  const terminals: SlidingWindows[] = []
  const createPaid = slidingWindows({ delayMs: 0, windowsMs })
  const createKnown = slidingWindows({ delayMs: 7 * day, windowsMs })
  return ({ seconds, customer, terminal, fen, fraud }, out) => {
    const now = seconds * 1_000
    const weekday = Math.floor(seconds / 86_400) % 7
    out[0] = fen / 100
    out[1] = weekday === 0 || weekday === 6 ? 1 : 0
    out[2] = Math.floor((seconds % 86_400) / 3_600) <= 6 ? 1 : 0
    const paid = (customers[customer] ??= createPaid())
    paid.add(now, fen)
    paid.read(now, out, 3)
    for (let mean = 4; mean < 9; mean += 2) out[mean] = (out[mean] as number) / 100
    const known = (terminals[terminal] ??= createKnown())
    known.read(now, out, 9)
    known.add(now, fraud)
  }
}
