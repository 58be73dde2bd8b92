import { clamp, gainOfWeight, leafGain, leafWeight, type Penalty } from './leaf-gain.ts'
import type { SortedColumn } from './training-set.ts'

/** The nodes of one level that may still be split, by slot, and the best split found for each. */
export interface Level {
  readonly slots: number
  /** Sums over all rows of the node, and how many they are. */
  readonly g: Float64Array
  readonly h: Float64Array
  readonly count: Int32Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** Gain of the node as it is. */
  readonly own: Float64Array
  /** Of the best split so far: what it gains, where it is, and the sums on its left side. */
  readonly gain: Float64Array
  readonly feature: Int32Array
  readonly split: Float32Array
  readonly missingLeft: Uint8Array
  readonly leftG: Float64Array
  readonly leftH: Float64Array
}

export function createLevel(slots: number): Level {
  const doubles = () => new Float64Array(slots)
  return {
    slots,
    g: doubles(),
    h: doubles(),
    count: new Int32Array(slots),
    lower: doubles().fill(Number.NEGATIVE_INFINITY),
    upper: doubles().fill(Number.POSITIVE_INFINITY),
    own: doubles(),
    gain: doubles(),
    feature: new Int32Array(slots).fill(-1),
    split: new Float32Array(slots),
    missingLeft: new Uint8Array(slots),
    leftG: doubles(),
    leftH: doubles(),
  }
}

export interface Search extends Penalty {
  /** Per row: the slot of its node, -1 when it has none. */
  readonly slotOf: Int32Array
  readonly g: Float32Array
  readonly h: Float32Array
  readonly minChildWeight: number
  /** 1, -1 or 0 for this feature. */
  readonly monotone: number
  readonly hasLimits: boolean
}

/**
 * Tries every place between two different values of one feature, exactly: a pass from the largest
 * value down sums what goes right; missing values go left. Where some are missing a second pass
 * upwards sends them right. Same order and same ties as XGBoost's exact updater.
 */
export function findSplits(
  level: Level,
  { feature, column }: { feature: number; column: SortedColumn },
  search: Search,
): void {
  if (column.hasMissing) scan(level, { feature, column, upwards: true }, search)
  scan(level, { feature, column, upwards: false }, search)
}

interface Pass {
  readonly feature: number
  readonly column: SortedColumn
  readonly upwards: boolean
}

function scan(level: Level, pass: Pass, search: Search): void {
  const { column, upwards } = pass
  const { slotOf, g, h } = search
  const { rows, values } = column
  const seen = createSeen(level.slots)
  const { sumG, sumH, count, last } = seen
  const end = column.hasMissing ? rows.length : column.lowestFrom
  for (let i = 0; i < end; i += 1) {
    const at = upwards ? rows.length - 1 - i : i
    const row = rows[at] as number
    const slot = slotOf[row] as number
    if (slot < 0) continue
    const value = values[at] as number
    if (value !== last[slot]) {
      if (count[slot] !== 0) consider(level, { pass, search, seen, slot, next: value })
      last[slot] = value
    }
    sumG[slot] = (sumG[slot] as number) + (g[row] as number)
    sumH[slot] = (sumH[slot] as number) + (h[row] as number)
    count[slot] = (count[slot] as number) + 1
  }
  for (let slot = 0; slot < level.slots; slot += 1) {
    if (count[slot] === 0 || count[slot] === level.count[slot]) continue
    const edge = last[slot] as number
    const gap = Math.abs(edge) + 1e-6
    // Without missing values the rest of the node is the run of the column's lowest value.
    const beyond = upwards ? edge + gap * 2 : edge - gap * 2
    const next = column.hasMissing ? beyond : (values.at(-1) as number)
    consider(level, { pass, search, seen, slot, next })
  }
}

/** What a pass has summed so far, by slot. */
interface Seen {
  readonly sumG: Float64Array
  readonly sumH: Float64Array
  readonly count: Int32Array
  readonly last: Float32Array
}

function createSeen(slots: number): Seen {
  return {
    sumG: new Float64Array(slots),
    sumH: new Float64Array(slots),
    count: new Int32Array(slots),
    last: new Float32Array(slots).fill(Number.NaN),
  }
}

interface Candidate {
  readonly pass: Pass
  readonly search: Search
  readonly seen: Seen
  readonly slot: number
  /** The value on the other side of the split. */
  readonly next: number
}

function consider(level: Level, { pass, search, seen, slot, next }: Candidate): void {
  const h = seen.sumH[slot] as number
  if (h < search.minChildWeight) return
  const otherH = (level.h[slot] as number) - h
  if (otherH < search.minChildWeight) return
  const g = seen.sumG[slot] as number
  const otherG = (level.g[slot] as number) - g
  const total = search.hasLimits
    ? limitedGain(level, { pass, search, slot }, { g, h, otherG, otherH })
    : leafGain(g, h, search) + leafGain(otherG, otherH, search)
  const gain = total - (level.own[slot] as number)
  if (!(gain > (level.gain[slot] as number))) return
  level.gain[slot] = gain
  level.feature[slot] = pass.feature
  level.split[slot] = between(seen.last[slot] as number, next, pass.upwards)
  level.missingLeft[slot] = pass.upwards ? 0 : 1
  level.leftG[slot] = pass.upwards ? g : otherG
  level.leftH[slot] = pass.upwards ? h : otherH
}

/** The middle; where float32 has none, the larger value: `value < split` must part the two. */
function between(last: number, next: number, upwards: boolean): number {
  const middle = Math.fround(Math.fround(last + next) * 0.5)
  const smaller = upwards ? last : next
  return middle === smaller ? (upwards ? next : last) : middle
}

interface Sides {
  readonly g: number
  readonly h: number
  readonly otherG: number
  readonly otherH: number
}

/** Gain with the weights that constraints leave; none when they stand the wrong way round. */
function limitedGain(
  level: Level,
  { pass, search, slot }: { pass: Pass; search: Search; slot: number },
  { g, h, otherG, otherH }: Sides,
): number {
  const limits = { lower: level.lower[slot] as number, upper: level.upper[slot] as number }
  const seen = { g, h }
  const other = { g: otherG, h: otherH }
  const weight = clamp(leafWeight(seen, search), limits)
  const otherWeight = clamp(leafWeight(other, search), limits)
  const rise = pass.upwards ? otherWeight - weight : weight - otherWeight
  if (search.monotone * rise < 0) return Number.NEGATIVE_INFINITY
  return gainOfWeight(seen, weight, search) + gainOfWeight(other, otherWeight, search)
}
