import type { ScenarioResult } from '#contract'

type Row = readonly [label: string, value: (result: ScenarioResult) => string]

const rows: readonly Row[] = [
  ['attempted', (r) => r.attempted],
  ['left', (r) => r.left],
  ['kept', (r) => r.kept],
  ['recovered', (r) => r.recovered],
  ['paid by the insurer', (r) => r.paidByInsurer],
  ['income restored', (r) => r.incomeRestored],
  ['victim whole', (r) => (r.victimWhole ? 'yes' : 'NO')],
  ['honest twin posted', (r) => r.honestTwin.posted],
  ['  challenges he answered', (r) => String(r.honestTwin.challenged)],
  ['trial balance', (r) => r.trialBalance],
]

/** The results side by side, then each thief's way step by step; for people to read. */
export function compareResults(results: readonly ScenarioResult[]): string {
  const label = 26
  const width = 16
  const lines = [
    'The 2013 theft'.padEnd(label) +
      results.map((r) => `policy ${r.policy}`.padStart(width)).join(''),
    ...rows.map(
      ([name, value]) => name.padEnd(label) + results.map((r) => value(r).padStart(width)).join(''),
    ),
  ]
  for (const result of results) {
    lines.push('', `The guard's decisions under policy ${result.policy}`)
    for (const { step, at, amount, outcome, score, reasons } of result.decisions) {
      const when = at === null ? '' : at.slice(0, 16).replace('T', ' ')
      const why = reasons.join(', ')
      lines.push(
        `  ${when.padEnd(18)}${step.padEnd(10)}${(amount ?? '').padStart(12)}  ` +
          `${outcome.padEnd(12)}${String(score ?? '').padStart(4)}  ${why}`.trimEnd(),
      )
    }
  }
  return `${lines.join('\n')}\n\n`
}
