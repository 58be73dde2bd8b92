import type { CompiledPolicy } from './compile-policy.ts'
import { decide } from './decide.ts'
import { decodeFacts } from './facts-codec.ts'
import { factFields, factNames, largest, type FactName, type Facts } from './facts.ts'
import type { Measures } from './lists/measures.ts'
import { outcomes, type Outcome } from './outcome.ts'
import { modelLines } from './models/model-lines.ts'
import { formatFact } from './reason.ts'

/** One fact that would have had to be otherwise, as people read it. */
export interface FactChange {
  readonly fact: FactName
  readonly was: string
  readonly becomes: string
}

/** What would have led to another outcome; null: no change of one or two facts. */
export interface NearestChange {
  readonly outcome: Outcome
  readonly changes: readonly FactChange[] | null
}

interface Change {
  readonly fact: FactName
  readonly value: string | number | boolean
  /** How far: 1 for a word or flag, at most 1 for a number. */
  readonly distance: number
}

/** Pairs tried at most: some tens of milliseconds. */
const mostPairs = 6_000

/**
 * Why not another outcome: for each other outcome the smallest change of facts that leads to it,
 * one fact before two, then the shortest way. Facts are changed one by one although some hang
 * together (an amount and its sums): an answer says where the line is, not what a customer can do.
 * Values tried are those about the parameters and numbers of the rules that name the fact, and
 * about the model's nearest splits.
 */
export function nearestChanges(
  bytes: Uint8Array,
  policy: CompiledPolicy,
  measures: Measures | null = null,
): NearestChange[] {
  const facts = decodeFacts(bytes)
  const present = decide(facts, policy, measures).outcome
  const changes = changesOf(facts, policy).toSorted((a, b) => a.distance - b.distance)
  const found = new Map<Outcome, readonly Change[]>()
  const note = (tried: readonly Change[]): void => {
    const changed = Object.fromEntries(tried.map(({ fact, value }) => [fact, value]))
    const { outcome } = decide({ ...facts, ...changed }, policy, measures)
    if (outcome === present) return
    const known = found.get(outcome)
    if (known === undefined || lengthOf(tried) < lengthOf(known)) found.set(outcome, tried)
  }
  for (const change of changes) note([change])
  const bySingle = new Set(found.keys())
  if (bySingle.size < outcomes.length - 1) {
    let pairs = 0
    // Short pairs first: the sum of the places in the sorted list grows.
    for (let sum = 1; sum < changes.length * 2 && pairs < mostPairs; sum += 1) {
      for (let i = Math.max(0, sum - changes.length + 1); i * 2 < sum; i += 1) {
        const [one, other] = [changes[i], changes[sum - i]]
        if (one === undefined || other === undefined || one.fact === other.fact) continue
        pairs += 1
        notePair(one, other)
      }
    }
  }
  function notePair(one: Change, other: Change): void {
    const kept = [...bySingle].map((outcome) => [outcome, found.get(outcome)] as const)
    note([one, other])
    for (const [outcome, single] of kept) if (single !== undefined) found.set(outcome, single)
  }
  return outcomes
    .filter((outcome) => outcome !== present)
    .map((outcome) => ({ outcome, changes: shown(found.get(outcome), facts) }))
}

function shown(changes: readonly Change[] | undefined, facts: Facts): FactChange[] | null {
  if (changes === undefined) return null
  return changes.map(({ fact, value }) => ({
    fact,
    was: formatFact(fact, facts[fact]),
    becomes: formatFact(fact, value),
  }))
}

function lengthOf(changes: readonly Change[]): number {
  return changes.reduce((sum, { distance }) => sum + distance, 0)
}

/** Every value worth trying: where a rule of this step could change its mind. */
function changesOf(facts: Facts, policy: CompiledPolicy): Change[] {
  const values = new Map<FactName, Set<number>>()
  for (const { rule } of policy.byStep[facts.step]) {
    const names = new Set(rule.when.match(/[A-Za-z_][A-Za-z0-9_]*/g))
    const lines = (rule.when.match(/\b\d+/g) ?? []).map(Number)
    for (const [name, value] of Object.entries(policy.document.parameters)) {
      if (names.has(name)) lines.push(value)
    }
    for (const fact of factNames) {
      if (fact === 'step' || !names.has(fact)) continue
      const known = values.get(fact) ?? new Set<number>()
      for (const line of lines) for (const value of [line - 1, line, line + 1]) known.add(value)
      values.set(fact, known)
    }
  }
  if (policy.model !== null) {
    for (const [fact, lines] of modelLines(facts, policy.model)) {
      const known = values.get(fact) ?? new Set<number>()
      for (const line of lines) known.add(line)
      values.set(fact, known)
    }
  }
  return [...values].flatMap(([fact, lines]) => changesOfFact(fact, facts[fact], lines))
}

function changesOfFact(
  fact: FactName,
  present: string | number | boolean,
  lines: ReadonlySet<number>,
): Change[] {
  const type = factFields[fact]
  if (typeof type !== 'string') {
    const others = type.filter((value) => value !== present)
    return others.map((value) => ({ fact, value, distance: 1 }))
  }
  if (type === 'flag') return [{ fact, value: present !== true, distance: 1 }]
  const now = Number(present)
  return [...lines]
    .filter((value) => value >= 0 && value <= largest[type] && value !== now)
    .map((value) => ({ fact, value, distance: Math.abs(value - now) / Math.max(value, now) }))
}
