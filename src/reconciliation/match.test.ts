import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { addDays } from '#kernel'
import { matchStatement } from './match.ts'
import { sumOf, usualRule, type MatchRule, type Side } from './side.ts'

let made = 0
const side = (amount: number, day: number, key: string | null = null): Side => ({
  id: `s${(made += 1)}`,
  key,
  date: addDays('2026-03-01', day),
  amount: BigInt(amount),
})

const outcome = (lines: readonly Side[], postings: readonly Side[], rule = usualRule) => {
  const { matches, breaks } = matchStatement(lines, postings, rule)
  return {
    matches: matches.map((each) => `${each.way} ${each.lines.length}:${each.postings.length}`),
    breaks: breaks.map(({ kind, difference }) => `${kind} ${difference}`),
  }
}

describe('matching a statement', () => {
  it('matches by reference, one to one', () => {
    const found = outcome(
      [side(100, 0, 'a'), side(-5, 1, 'b')],
      [side(-5, 0, 'b'), side(100, 2, 'a')],
    )
    assert.deepEqual(found, { matches: ['reference 1:1', 'reference 1:1'], breaks: [] })
  })

  it('matches one line with many postings of its reference, and many lines with one', () => {
    const parts = [side(30, 0, 'a'), side(70, 0, 'a')]
    assert.deepEqual(outcome([side(100, 0, 'a')], parts).matches, ['reference 1:2'])
    assert.deepEqual(outcome(parts, [side(100, 0, 'a')]).matches, ['reference 2:1'])
  })

  it('takes what the bank paid and took back as explained', () => {
    const found = outcome([side(-100, 0, 'a'), side(100, 1, 'a')], [])
    assert.deepEqual(found, { matches: ['reference 2:0'], breaks: [] })
  })

  it('matches without a reference by amount, the nearest day first', () => {
    const [near, far] = [side(100, 2, 'near'), side(100, 0, 'far')]
    const { matches, breaks } = matchStatement([side(100, 3)], [far, near], usualRule)
    assert.deepEqual(matches[0]?.postings, [near])
    assert.deepEqual(breaks[0]?.postings, [far])
  })

  it('never takes two different references for one movement unless the rule says so', () => {
    const [lines, postings] = [[side(100, 0, 'a')], [side(100, 0, 'b')]]
    assert.deepEqual(outcome(lines, postings).breaks, [
      'not_in_ledger 100',
      'not_in_statement -100',
    ])
    const open = { ...usualRule, anyReference: true }
    assert.deepEqual(outcome(lines, postings, open).matches, ['amount 1:1'])
  })

  it('matches a batch by its sum, if only one set of postings fits', () => {
    const batch = [side(100, 0)]
    const only = [side(30, 0, 'x'), side(70, 0, 'y'), side(45, 0, 'z')]
    assert.deepEqual(outcome(batch, only).matches, ['group 1:2'])
    const several = [side(30, 0, 'x'), side(70, 0, 'y'), side(70, 0, 'z')]
    assert.equal(outcome(batch, several).matches.length, 0)
    assert.deepEqual(outcome(only, [side(100, 0)]).matches, ['group 2:1'])
  })

  it('keeps to the tolerances of amount and days', () => {
    const rule: MatchRule = { ...usualRule, toleranceFen: 5n, days: 1 }
    assert.deepEqual(outcome([side(100, 0, 'a')], [side(105, 1, 'a')], rule).breaks, [])
    assert.deepEqual(outcome([side(100, 0, 'a')], [side(106, 1, 'a')], rule).breaks, [
      'amount_differs -6',
    ])
    assert.deepEqual(outcome([side(100, 0, 'a')], [side(100, 2, 'a')], rule).breaks, ['late 0'])
    assert.deepEqual(outcome([side(100, 0)], [side(95, 1)], rule).matches, ['amount 1:1'])
    assert.equal(outcome([side(100, 0)], [side(94, 1)], rule).matches.length, 0)
  })

  it('names what one side has again', () => {
    const once = [side(100, 0, 'a')]
    const twice = [side(100, 0, 'a'), side(100, 0, 'a')]
    assert.deepEqual(outcome(twice, once).breaks, ['duplicated 100'])
    assert.deepEqual(outcome(once, twice).breaks, ['duplicated -100'])
  })

  const sides = (letter: string) =>
    fc
      .array(
        fc.record({
          amount: fc.integer({ min: -6, max: 6 }).filter((amount) => amount !== 0),
          day: fc.integer({ min: 0, max: 6 }),
          key: fc.option(fc.constantFrom('a', 'b', 'c', 'd')),
        }),
        { maxLength: 14 },
      )
      .map((all) =>
        all.map(({ amount, day, key }, at) => ({
          ...side(amount, day, key),
          id: `${letter}${at}`,
        })),
      )
  const rules: fc.Arbitrary<MatchRule> = fc.record({
    toleranceFen: fc.bigInt({ min: 0n, max: 2n }),
    days: fc.integer({ min: 0, max: 4 }),
    anyReference: fc.boolean(),
    groupSize: fc.integer({ min: 2, max: 4 }),
  })

  it('takes a month of equal amounts without references in its stride', () => {
    const month = (count: number, amount: number) =>
      Array.from({ length: count }, (_, at) => side(amount, at % 30))
    const { matches, breaks } = matchStatement(month(6_000, 100), month(6_000, 100), {
      ...usualRule,
      toleranceFen: 1n,
    })
    assert.deepEqual([matches.length, breaks.length], [6_000, 0])
    const strangers = matchStatement(month(3_000, 100), month(3_000, 300), usualRule)
    assert.equal(strangers.breaks.length, 6_000)
  })

  it('puts everything in exactly one place, whole, within the tolerances', () => {
    fc.assert(
      fc.property(sides('l'), sides('p'), rules, (lines, postings, rule) => {
        const { matches, breaks } = matchStatement(lines, postings, rule)
        const all = [...matches, ...breaks]
        const ids = (of: readonly Side[]) => of.map(({ id }) => id).sort()
        assert.deepEqual(ids(all.flatMap((each) => [...each.lines])), ids(lines))
        assert.deepEqual(ids(all.flatMap((each) => [...each.postings])), ids(postings))
        for (const { lines, postings, difference } of matches) {
          assert.equal(difference, sumOf(lines) - sumOf(postings))
          assert.ok(difference <= rule.toleranceFen && -difference <= rule.toleranceFen)
          assert.ok(lines.length < 2 || postings.length < 2)
        }
        const total = sumOf(lines) - sumOf(postings)
        assert.equal(
          all.reduce((sum, { difference }) => sum + difference, 0n),
          total,
        )
      }),
      { numRuns: 500 },
    )
  })

  it('says the same in whatever order it is told', () => {
    const shuffled = (all: fc.Arbitrary<Side[]>) =>
      all.chain((sides) =>
        fc.tuple(
          fc.constant(sides),
          fc.shuffledSubarray(sides, { minLength: sides.length, maxLength: sides.length }),
        ),
      )
    fc.assert(
      fc.property(shuffled(sides('l')), shuffled(sides('p')), rules, (lines, postings, rule) => {
        const told = matchStatement(lines[0], postings[0], rule)
        assert.deepEqual(matchStatement(lines[1], postings[1], rule), told)
      }),
      { numRuns: 300 },
    )
  })
})
