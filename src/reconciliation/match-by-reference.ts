import { daysBetween } from '#kernel'
import { sumOf, type Break, type BreakKind, type Match, type MatchRule, type Side } from './side.ts'

/** What one reference's lines and postings come to. */
export interface Settled {
  readonly matches: readonly Match[]
  readonly breaks: readonly Break[]
}

/**
 * Everything that both sides call by one reference, in order. Equal amounts first, one to one; then
 * what is left as a whole; then what went wrong with it. Empty when one side alone has it, unless
 * its movements cancel each other (a payment that the bank made and took back).
 */
export function settleReference(
  lines: readonly Side[],
  postings: readonly Side[],
  rule: MatchRule,
): Settled {
  const matches: Match[] = []
  const breaks: Break[] = []
  const left = { lines: [...lines], postings: [...postings] }
  const takePairs = (fits: (line: Side, posting: Side) => boolean, take: typeof pair) => {
    for (const line of lines) {
      if (!left.lines.includes(line)) continue
      const found = nearest(line, left.postings, fits)
      if (found === undefined) continue
      left.lines = left.lines.filter((each) => each !== line)
      left.postings = left.postings.filter((each) => each !== found)
      take(line, found)
    }
  }
  const pair = (line: Side, posting: Side) => void matches.push(matchOf([line], [posting]))
  const late = (line: Side, posting: Side) => void breaks.push(breakOf('late', [line], [posting]))
  const inTime = (line: Side, posting: Side) => distance(line, posting) <= rule.days
  takePairs((line, posting) => line.amount === posting.amount && inTime(line, posting), pair)
  if (isGroup(left.lines, left.postings, rule)) {
    matches.push(matchOf(left.lines, left.postings))
    return { matches, breaks }
  }
  takePairs((line, posting) => line.amount === posting.amount, late)
  const within = (line: Side, posting: Side) =>
    size(line.amount - posting.amount) <= rule.toleranceFen && inTime(line, posting)
  takePairs(within, pair)
  const isKnownToBoth = lines.length > 0 && postings.length > 0
  if (isKnownToBoth) breaks.push(...leftOver(left.lines, left.postings))
  return { matches, breaks }
}

/** All of them together: one against many, or a side whose movements cancel each other. */
function isGroup(lines: readonly Side[], postings: readonly Side[], rule: MatchRule): boolean {
  const [few, many] = [lines, postings].sort((a, b) => a.length - b.length) as [Side[], Side[]]
  if (few.length > 1 || many.length < 2) return false
  const all = [...few, ...many]
  const tolerance = few.length === 0 ? 0n : rule.toleranceFen
  const apart = Math.max(...many.map((each) => distance(each, few[0] ?? many[0] ?? each)))
  return size(sumOf(lines) - sumOf(postings)) <= tolerance && all.length > 1 && apart <= rule.days
}

function leftOver(lines: readonly Side[], postings: readonly Side[]): Break[] {
  if (lines.length === 0 && postings.length === 0) return []
  if (lines.length > 0 && postings.length > 0) {
    return [breakOf('amount_differs', lines, postings)]
  }
  return [
    ...lines.map((line) => breakOf('duplicated', [line], [])),
    ...postings.map((posting) => breakOf('duplicated', [], [posting])),
  ]
}

function nearest(
  line: Side,
  postings: readonly Side[],
  fits: (line: Side, posting: Side) => boolean,
): Side | undefined {
  let best: Side | undefined
  for (const posting of postings) {
    if (!fits(line, posting)) continue
    if (best === undefined || distance(line, posting) < distance(line, best)) best = posting
  }
  return best
}

export function matchOf(lines: readonly Side[], postings: readonly Side[]): Match {
  return { way: 'reference', lines, postings, difference: sumOf(lines) - sumOf(postings) }
}

export function breakOf(kind: BreakKind, lines: readonly Side[], postings: readonly Side[]): Break {
  const dates = [...lines, ...postings].map(({ date }) => date).sort()
  const difference = sumOf(lines) - sumOf(postings)
  return { kind, lines, postings, difference, since: dates[0] ?? '' }
}

/** Days between them, whichever comes first. */
export function distance(a: Side, b: Side): number {
  return Math.abs(daysBetween(a.date, b.date))
}

export function size(amount: bigint): bigint {
  return amount < 0n ? -amount : amount
}
