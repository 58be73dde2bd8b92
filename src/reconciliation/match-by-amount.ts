import { distance, size } from './match-by-reference.ts'
import { sumOf, type Match, type MatchRule, type Side } from './side.ts'

/** What is left on both sides, in order. */
export interface Left {
  readonly lines: readonly Side[]
  readonly postings: readonly Side[]
}

/** Unless the rule says so, two different references are two different movements. */
function mayBeSame(line: Side, posting: Side, rule: MatchRule): boolean {
  const isOpen = rule.anyReference || line.key === null || posting.key === null
  return isOpen && distance(line, posting) <= rule.days
}

/** One to one by amount: exact before near, then the nearest day, then their order. */
export function matchPairs({ lines, postings }: Left, rule: MatchRule): Match[] {
  const byAmount = postings
    .map((posting, place) => ({ posting, place }))
    .sort((a, b) => order(a.posting.amount, b.posting.amount) || a.place - b.place)
  const pairs: { line: Side; posting: Side; off: bigint; days: number; places: number[] }[] = []
  for (const [lineAt, line] of lines.entries()) {
    const least = line.amount - rule.toleranceFen
    for (let at = firstFrom(byAmount, least); at < byAmount.length; at += 1) {
      const { posting, place } = byAmount[at] ?? { posting: line, place: 0 }
      if (posting.amount > line.amount + rule.toleranceFen) break
      if (!mayBeSame(line, posting, rule)) continue
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
  const taken = new Set<Side>()
  const matches: Match[] = []
  for (const { line, posting } of pairs) {
    if (taken.has(line) || taken.has(posting)) continue
    taken.add(line).add(posting)
    const difference = line.amount - posting.amount
    matches.push({ way: 'amount', lines: [line], postings: [posting], difference })
  }
  return matches
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

/**
 * One line for many postings, then one posting for many lines. Only where exactly one set of them
 * fits: of two explanations neither is proved.
 */
export function matchGroups({ lines, postings }: Left, rule: MatchRule): Match[] {
  const matches: Match[] = []
  const taken = new Set<Side>()
  const groups = (ones: readonly Side[], many: readonly Side[], isLine: boolean) => {
    for (const one of ones) {
      if (taken.has(one)) continue
      const candidates = many.filter((each) => {
        const same = isLine ? mayBeSame(one, each, rule) : mayBeSame(each, one, rule)
        return same && !taken.has(each) && each.amount > 0n === one.amount > 0n
      })
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
