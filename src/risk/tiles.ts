import { day, hour, type Instant } from '#kernel'
import { eventKinds, getU48, setU48, tile } from './profile-layout.ts'

/** Hours are kept one by one for two days, then joined to days. */
const keptHours = 48
/** 49 hours and 32 days of every kind, and as much again for a holder who was silent meanwhile. */
export const largestTiles = (keptHours + 33) * 2 * eventKinds.length

interface TileSection {
  readonly from: number
  readonly end: number
  readonly now: Instant
}

interface Tiled {
  /** Hours since the epoch. */
  readonly hour: number
  readonly kind: number
  readonly amount: number
}

/** Counts an event in the tile of its hour or day; false when there is none yet. */
export function addToTile(view: DataView, section: TileSection, added: Tiled): boolean {
  for (let at = section.end - tile.size; at >= section.from; at -= tile.size) {
    const start = view.getUint32(at, true)
    if (added.hour < start || added.hour >= start + view.getUint8(at + tile.hours)) continue
    if (view.getUint8(at + tile.kind) !== added.kind) continue
    count(view, at, { count: 1, sum: added.amount, max: added.amount })
    return true
  }
  return false
}

/** Tidies the section and appends a tile for this event; returns the section's new end. */
export function addTile(view: DataView, section: TileSection, added: Tiled): number {
  const end = rollUp(view, section)
  write(view, end, { start: added.hour, hours: 1, kind: added.kind })
  count(view, end, { count: 1, sum: added.amount, max: added.amount })
  return end + tile.size
}

/** Drops tiles older than 30 days and joins hours older than two days to days. */
function rollUp(view: DataView, { from, end, now }: TileSection): number {
  const nowHours = now / hour
  let kept = from
  for (let at = from; at < end; at += tile.size) {
    const start = view.getUint32(at, true)
    const hours = view.getUint8(at + tile.hours)
    if (start + hours <= nowHours - 30 * 24) continue
    const found = {
      count: view.getUint32(at + tile.count, true),
      sum: getU48(view, at + tile.sum),
      max: getU48(view, at + tile.max),
    }
    const kind = view.getUint8(at + tile.kind)
    const isOld = start + hours <= nowHours - keptHours
    const startOfDay = Math.floor((start * hour) / day) * 24
    const same = isOld ? dayTile(view, { from, end: kept, start: startOfDay, kind }) : -1
    if (same >= 0) {
      count(view, same, found)
      continue
    }
    write(view, kept, isOld ? { start: startOfDay, hours: 24, kind } : { start, hours, kind })
    count(view, kept, found)
    kept += tile.size
  }
  return kept
}

function dayTile(
  view: DataView,
  wanted: { from: number; end: number; start: number; kind: number },
): number {
  for (let at = wanted.end - tile.size; at >= wanted.from; at -= tile.size) {
    if (view.getUint32(at, true) !== wanted.start) continue
    if (view.getUint8(at + tile.hours) !== 24) continue
    if (view.getUint8(at + tile.kind) === wanted.kind) return at
  }
  return -1
}

/** Writes an empty tile. */
function write(
  view: DataView,
  at: number,
  shape: { start: number; hours: number; kind: number },
): void {
  view.setUint32(at, shape.start, true)
  view.setUint8(at + tile.hours, shape.hours)
  view.setUint8(at + tile.kind, shape.kind)
  view.setUint32(at + tile.count, 0, true)
  setU48(view, at + tile.sum, 0)
  setU48(view, at + tile.max, 0)
}

function count(
  view: DataView,
  at: number,
  more: { count: number; sum: number; max: number },
): void {
  const total = view.getUint32(at + tile.count, true) + more.count
  view.setUint32(at + tile.count, Math.min(0xffff_ffff, total), true)
  setU48(view, at + tile.sum, getU48(view, at + tile.sum) + more.sum)
  if (more.max > getU48(view, at + tile.max)) setU48(view, at + tile.max, more.max)
}
