import type { TheftOptions } from '#cli'
import type { PolicyName, ScenarioResult } from '#contract'
import { parseAmount, type Fen } from '#money'
import { checkout } from './checkout.ts'
import { playTheft, withScenarioDatabase } from './scenario.ts'
import { compareResults } from './theft-report.ts'

const usualSplit = ['20000', '20000', '20000', '20000', '20000']
const allPolicies: readonly PolicyName[] = ['none', '2013', 'today']

/**
 * `coffer scenario theft`: one policy, or all three side by side. Exit 1 when a victim was not made
 * whole, the books do not balance, or an honest person was stopped.
 */
export async function theftAction(options: TheftOptions): Promise<number> {
  const split = readSplit(options.split ?? usualSplit)
  const policies = options.policy === undefined ? allPolicies : [options.policy]
  const { seed, entry } = options
  const results = await withScenarioDatabase(checkout, async (database) => {
    const played: ScenarioResult[] = []
    for (const policy of policies) {
      const say = (line: string) => process.stderr.write(`[${policy}] ${line}\n`)
      played.push(await playTheft(database, { policy, seed, split, entry }, say))
    }
    return played
  })
  process.stdout.write(compareResults(results))
  if (options.json) {
    const [only] = results
    process.stdout.write(`${JSON.stringify(options.policy === undefined ? { results } : only)}\n`)
  }
  return results.every(holds) ? 0 : 1
}

function holds({ victimWhole, trialBalance, honestTwin }: ScenarioResult): boolean {
  return victimWhole && trialBalance === '0.00' && honestTwin.allPosted
}

function readSplit(amounts: readonly string[]): Fen[] {
  return amounts.map((text) => {
    const parsed = parseAmount(text)
    if (!parsed.ok) throw new Error(`${text}: ${parsed.error}`)
    return parsed.value
  })
}
