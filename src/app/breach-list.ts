import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** Passwords that are known from leaks, in a file that is never read whole. */
export interface BreachList {
  /** True when the password is in the list. */
  has(password: string): boolean
  close(): void
}

/** A line is a SHA-1 in hexadecimal, perhaps cut to its first signs, perhaps `:` and a count. */
const longestLine = 128
const shortestPrefix = 10

/**
 * Opens a list: lines in ascending order, each the SHA-1 of a leaked password in capital
 * hexadecimal, or its first 10 to 40 signs, with or without `:count` (the form in which such lists
 * are published). A look-up is a binary search of about 30 short reads in a list of a billion.
 * Throws when the file cannot be read or its first line is not of that form.
 */
export function openBreachList(file: string): BreachList {
  const handle = openSync(file, 'r')
  const { size } = fstatSync(handle)
  const buffer = Buffer.alloc(2 * longestLine)

  /** The first whole line that begins at or after this place; null at the end. */
  function lineFrom(place: number): { hash: string; next: number } | null {
    const from = place === 0 ? 0 : place - 1
    const length = readSync(handle, buffer, 0, buffer.length, from)
    const text = buffer.toString('latin1', 0, length)
    // What begins at `place` is whole only if the sign before it ends a line.
    const start = place === 0 ? 0 : text.indexOf('\n') + 1
    if (start === 0 && place !== 0) return null
    const end = text.indexOf('\n', start)
    const line = text.slice(start, end === -1 ? undefined : end).trim()
    if (line === '') return null
    return { hash: hashIn(line), next: from + (end === -1 ? length : end + 1) }
  }

  function has(password: string): boolean {
    const wanted = createHash('sha1').update(password, 'utf8').digest('hex').toUpperCase()
    let low = 0
    let high = size
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const found = lineFrom(middle)
      if (found === null) {
        high = middle
        continue
      }
      if (wanted.startsWith(found.hash)) return true
      if (found.hash < wanted) low = Math.max(found.next, middle + 1)
      else high = middle
    }
    return false
  }

  if (size > 0 && lineFrom(0) === null) throw new Error(`${file} begins with no SHA-1`)
  return { has, close: () => closeSync(handle) }
}

function hashIn(line: string): string {
  const found = /^([0-9A-F]{10,40})(?::\d+)?$/i.exec(line)?.[1]
  if (found === undefined || found.length < shortestPrefix) {
    throw new Error('a line of the list of leaked passwords is no SHA-1')
  }
  return found.toUpperCase()
}
