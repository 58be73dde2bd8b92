import { matchGroups, matchPairs } from './match-by-amount.ts'
import { breakOf, settleReference } from './match-by-reference.ts'
import { inOrder, type Break, type Match, type MatchRule, type Side } from './side.ts'

export interface Matching {
  readonly matches: readonly Match[]
  readonly breaks: readonly Break[]
}

/**
 * Compares a statement's lines with the postings of our account. Pure, and the same whatever the
 * order of its input: first by reference, then by amount one to one, then one to many. Every line
 * and every posting ends in exactly one match or one break.
 */
export function matchStatement(
  lines: readonly Side[],
  postings: readonly Side[],
  rule: MatchRule,
): Matching {
  const matches: Match[] = []
  const breaks: Break[] = []
  const used = new Set<Side>()
  const keep = (found: { matches?: readonly Match[]; breaks?: readonly Break[] }) => {
    matches.push(...(found.matches ?? []))
    breaks.push(...(found.breaks ?? []))
    for (const each of [...(found.matches ?? []), ...(found.breaks ?? [])]) {
      for (const side of [...each.lines, ...each.postings]) used.add(side)
    }
  }
  const left = () => ({
    lines: inOrder(lines).filter((each) => !used.has(each)),
    postings: inOrder(postings).filter((each) => !used.has(each)),
  })
  const [ours, theirs] = [byKey(postings), byKey(lines)]
  for (const key of [...new Set([...ours.keys(), ...theirs.keys()])].sort()) {
    keep(settleReference(theirs.get(key) ?? [], ours.get(key) ?? [], rule))
  }
  keep({ matches: matchPairs(left(), rule) })
  keep({ matches: matchGroups(left(), rule) })
  const unexplained = left()
  keep({
    breaks: [
      ...unexplained.lines.map((line) => breakOf('not_in_ledger', [line], [])),
      ...unexplained.postings.map((posting) => breakOf('not_in_statement', [], [posting])),
    ],
  })
  return { matches, breaks }
}

function byKey(sides: readonly Side[]): Map<string, Side[]> {
  const found = new Map<string, Side[]>()
  for (const side of inOrder(sides)) {
    if (side.key === null) continue
    const same = found.get(side.key)
    if (same === undefined) found.set(side.key, [side])
    else same.push(side)
  }
  return found
}
