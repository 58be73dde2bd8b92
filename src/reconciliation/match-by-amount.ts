import { addDays, type LocalDate } from '#kernel'
import { distance, size } from './match-by-reference.ts'
import { sumOf, type Match, type MatchRule, type Side } from './side.ts'

/** What is left on both sides, in order. */
export interface Left {
  readonly lines: readonly Side[]
  readonly postings: readonly Side[]
}

/** Unless the rule says so, two different references are two different movements. */
function mayBeSame(a: Side, b: Side, rule: MatchRule): boolean {
  return rule.anyReference || a.key === null || b.key === null
}

/** One to one by amount: exact before near, then the nearest day, then their order. */
export function matchPairs(left: Left, rule: MatchRule): Match[] {
  const taken = new Set<Side>()
  const matches: Match[] = []
  const take = (line: Side, posting: Side) => {
    taken.add(line).add(posting)
    const difference = line.amount - posting.amount
    matches.push({ way: 'amount', lines: [line], postings: [posting], difference })
  }
  takeExact(left, { rule, taken, take })
  if (rule.toleranceFen > 0n) takeNear(left, { rule, taken, take })
  return matches
}

interface Taking {
  readonly rule: MatchRule
  readonly taken: ReadonlySet<Side>
  take(line: Side, posting: Side): void
}

/** By amount and day in a map: a month of equal amounts costs no more than any other. */
function takeExact({ lines, postings }: Left, { rule, taken, take }: Taking): void {
  const waiting = new Map<string, Side[]>()
  const place = (amount: bigint, date: LocalDate) => `${amount} ${date}`
  for (const posting of [...postings].reverse()) {
    const same = waiting.get(place(posting.amount, posting.date))
    if (same === undefined) waiting.set(place(posting.amount, posting.date), [posting])
    else same.push(posting)
  }
  for (let days = 0; days <= rule.days; days += 1) {
    for (const line of lines) {
      if (taken.has(line)) continue
      for (const date of days === 0 ? [line.date] : around(line.date, days)) {
        const there = waiting.get(place(line.amount, date)) ?? []
        const at = there.findLastIndex((posting) => mayBeSame(line, posting, rule))
        const [posting] = at < 0 ? [] : there.splice(at, 1)
        if (posting === undefined) continue
        take(line, posting)
        break
      }
    }
  }
}

function around(date: LocalDate, days: number): LocalDate[] {
  return [addDays(date, -days), addDays(date, days)]
}

/** More pairs than these are not looked at: amounts that near to each other prove nothing. */
const mostPairs = 200_000

function takeNear({ lines, postings }: Left, { rule, taken, take }: Taking): void {
  const byAmount = postings
    .map((posting, place) => ({ posting, place }))
    .filter(({ posting }) => !taken.has(posting))
    .sort((a, b) => order(a.posting.amount, b.posting.amount) || a.place - b.place)
  const pairs: { line: Side; posting: Side; off: bigint; days: number; places: number[] }[] = []
  for (const [lineAt, line] of lines.entries()) {
    if (taken.has(line)) continue
    for (let at = firstFrom(byAmount, line.amount - rule.toleranceFen); ; at += 1) {
      const { posting, place } = byAmount[at] ?? { posting: null, place: 0 }
      if (posting === null || posting.amount > line.amount + rule.toleranceFen) break
      if (pairs.length === mostPairs) break
      if (!mayBeSame(line, posting, rule) || distance(line, posting) > rule.days) continue
      const off = size(line.amount - posting.amount)
      pairs.push({ line, posting, off, days: distance(line, posting), places: [lineAt, place] })
    }
  }
  const places = (of: (typeof pairs)[number], at: number) => of.places[at] ?? 0
  pairs.sort(
    (a, b) =>
      order(a.off, b.off) ||
      a.days - b.days ||
      places(a, 0) - places(b, 0) ||
      places(a, 1) - places(b, 1),
  )
  for (const { line, posting } of pairs) {
    if (!taken.has(line) && !taken.has(posting)) take(line, posting)
  }
}

function order(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function firstFrom(sorted: readonly { posting: Side }[], least: bigint): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle]?.posting.amount ?? least) < least) low = middle + 1
    else high = middle
  }
  return low
}

/** Enough for a batch of a day; a search that needs more ends without an answer. */
const mostSteps = 20_000
const mostCandidates = 100

/**
 * One line for many postings, then one posting for many lines. Only where exactly one set of them
 * fits: of two explanations neither is proved.
 */
export function matchGroups({ lines, postings }: Left, rule: MatchRule): Match[] {
  const matches: Match[] = []
  const taken = new Set<Side>()
  const groups = (ones: readonly Side[], many: readonly Side[], isLine: boolean) => {
    const byDate = groupByDate(many)
    for (const one of ones) {
      if (taken.has(one)) continue
      const candidates = daysAround(one.date, rule.days)
        .flatMap((date) => byDate.get(date) ?? [])
        .filter((each) => {
          const fits = !taken.has(each) && each.amount > 0n === one.amount > 0n
          const isSmall = size(each.amount) <= size(one.amount) + rule.toleranceFen
          return fits && isSmall && mayBeSame(one, each, rule)
        })
      if (candidates.length > mostCandidates) continue
      const found = onlySetFor(one.amount, candidates, rule)
      if (found === null) continue
      for (const each of [one, ...found]) taken.add(each)
      const [own, other] = isLine ? [[one], found] : [found, [one]]
      const difference = sumOf(own) - sumOf(other)
      matches.push({ way: 'group', lines: own, postings: other, difference })
    }
  }
  groups(lines, postings, true)
  groups(postings, lines, false)
  return matches
}

function groupByDate(sides: readonly Side[]): Map<LocalDate, Side[]> {
  const found = new Map<LocalDate, Side[]>()
  for (const side of sides) {
    const same = found.get(side.date)
    if (same === undefined) found.set(side.date, [side])
    else same.push(side)
  }
  return found
}

function daysAround(date: LocalDate, days: number): LocalDate[] {
  return Array.from({ length: 2 * days + 1 }, (_, at) => addDays(date, at - days))
}

/** Two or more of them that come to the target; null when none do, or when several sets would. */
function onlySetFor(target: bigint, candidates: readonly Side[], rule: MatchRule): Side[] | null {
  const { toleranceFen, groupSize } = rule
  const sizes = candidates.map(({ amount }) => size(amount))
  const wanted = size(target)
  const found: Side[][] = []
  const chosen: Side[] = []
  let steps = 0
  function search(from: number, sum: bigint): void {
    if (chosen.length >= 2 && size(wanted - sum) <= toleranceFen) found.push([...chosen])
    if (chosen.length === groupSize) return
    for (let at = from; at < candidates.length; at += 1) {
      steps += 1
      const candidate = candidates[at]
      const next = sum + (sizes[at] ?? 0n)
      if (candidate === undefined || steps > mostSteps || found.length > 1) return
      if (next > wanted + toleranceFen) continue
      chosen.push(candidate)
      search(at + 1, next)
      chosen.pop()
    }
  }
  search(0, 0n)
  return found.length === 1 && steps <= mostSteps ? (found[0] ?? null) : null
}
