import { ZenEngine } from '@gorules/zen-engine'
import { Engine } from 'json-rules-engine'
import { required } from '#kernel'
import {
  compilePolicy,
  decide,
  gatherFacts,
  policyWithModel,
  type CompiledPolicy,
  type Facts,
} from '#risk'
import { benchDepth, benchTrees, trainBenchModel } from './bench-model.ts'
import { jsonRules, keyInZen, zenDecision } from './decide-dialects.ts'
import { benchPolicy, benchRules as rules } from './decide-policy.ts'
import { createSituations, type Situation } from './decide-situations.ts'
import { machine, rounded, type Run } from './report.ts'

const floors = { perSecond: 20_000, p99Ms: 1 }
/** Situations on which the engines must agree. */
const compared = 500
const say = (line: string) => process.stderr.write(`${line}\n`)

/**
 * A whole decision on warm profiles in one thread: gather the facts, ask 60 rules and 200 trees.
 * Beside it the same 60 rules alone, on facts ready-made, in two other engines. Exit 1 when the
 * engines do not agree or a floor is missed.
 */
export async function benchDecide({ json }: { json: boolean }): Promise<number> {
  const situations = await createSituations()
  const facts = situations.map(({ input, profiles, now }) => gatherFacts(input, profiles, now))
  const policy = policyOf(facts)
  const asJson = new Engine(jsonRules(benchPolicy))
  const asZen = new ZenEngine().createDecision(zenDecision(benchPolicy))
  const runJson = async (at: number) => {
    const { events } = await asJson.run({ ...facts[at] })
    return events.map(({ type }) => type)
  }
  const runZen = async (at: number) => {
    const { result } = (await asZen.evaluate(facts[at])) as { result: Record<string, boolean> }
    return benchPolicy.rules.filter(({ id }) => result[keyInZen(id)] === true).map(({ id }) => id)
  }
  const agreed = await agree({ facts, policy, others: { runJson, runZen } })
  const runs = [
    { kind: 'coffer', ...measureCoffer(situations, policy) },
    { kind: 'json-rules-engine', ...(await measureOther(runJson, facts.length)) },
    { kind: 'zen-engine', ...(await measureOther(runZen, facts.length)) },
  ]
  const best = Math.max(...runs.slice(1).map(({ perSecond }) => perSecond))
  const shown = runs.map(({ kind, perSecond, p50Ms, p99Ms }): Run => {
    const [p50, p99] = [rounded(p50Ms, 4), rounded(p99Ms, 4)]
    const ratio = rounded(perSecond / best, 2)
    say(`${kind.padEnd(18)} ${rounded(perSecond, 0)}/s  p50 ${p50} ms  p99 ${p99} ms  x${ratio}`)
    const timed = { perSecond: rounded(perSecond, 0), p50Ms: p50, p99Ms: p99, ratio }
    return { kind, inFlight: 1, hot: false, ...timed }
  })
  const yardstick = { what: 'the faster of the two other engines, rules alone', perSecond: best }
  const report = {
    name: 'decide',
    machine: machine(),
    rules,
    trees: benchTrees,
    agreed,
    yardstick,
    runs: shown,
  }
  if (json) process.stdout.write(`${JSON.stringify(report)}\n`)
  const [coffer] = shown
  const fast = coffer !== undefined && coffer.perSecond >= floors.perSecond
  if (!fast) say(`floor missed: ${floors.perSecond} decisions/s`)
  const even = coffer !== undefined && coffer.p99Ms < floors.p99Ms
  if (!even) say(`floor missed: p99 below ${floors.p99Ms} ms`)
  return agreed && fast && even ? 0 : 1
}

/** The 60 rules with a model trained here, its lines where 1 in 100 is challenged. */
function policyOf(facts: readonly Facts[]): CompiledPolicy {
  const { model, meanLeaves } = trainBenchModel(facts)
  say(`${benchTrees} trees of depth ${benchDepth}, ${rounded(meanLeaves)} leaves each`)
  const scores = facts.map((each) => model.scoreOf(each)).toSorted((a, b) => a - b)
  const line = (share: number) => Math.max(1, scores[Math.floor(scores.length * share)] ?? 1) / 1e6
  const document = {
    ...benchPolicy,
    model: {
      name: 'bench',
      steps: ['payment', 'withdrawal'] as const,
      challengeFrom: line(0.99),
      holdFrom: line(0.998),
      denyFrom: null,
    },
  }
  const compiled = compilePolicy(document)
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error))
  if (compiled.value.rules.length !== rules) throw new Error(`not ${rules} rules`)
  return policyWithModel(compiled.value, model.version)
}

interface Compared {
  readonly facts: readonly Facts[]
  readonly policy: CompiledPolicy
  readonly others: Readonly<Record<string, (at: number) => Promise<readonly string[]>>>
}

/** All engines find the same rules on the same facts, and every engine finds some. */
async function agree({ facts, policy, others }: Compared): Promise<boolean> {
  let everHit = 0n
  for (const each of facts) everHit |= decide(each, policy).ruleHits
  const hit = benchPolicy.rules.filter((_, i) => (everHit & (1n << BigInt(i))) !== 0n)
  for (let at = 0; at < Math.min(compared, facts.length); at += 1) {
    const { ruleHits } = decide(required(facts[at], 'facts'), policy)
    const ours = benchPolicy.rules
      .filter((_, index) => (ruleHits & (1n << BigInt(index))) !== 0n)
      .map(({ id }) => id)
    for (const [name, run] of Object.entries(others)) {
      const theirs = await run(at)
      if (ours.toSorted().join() === theirs.toSorted().join()) continue
      say(`${name} differs: ${ours.join()} against ${theirs.join()}`)
      return false
    }
  }
  say(`the engines agree on ${compared} situations; ${hit.length} of ${rules} rules hit somewhere`)
  return true
}

const seconds = 4
const warmUpSeconds = 2

function measureCoffer(situations: readonly Situation[], policy: CompiledPolicy) {
  const latencies: number[] = []
  const cpu = process.cpuUsage()
  const start = performance.now()
  const from = start + warmUpSeconds * 1_000
  const to = from + seconds * 1_000
  let kept = 0
  let n = 0
  for (; ; n += 1) {
    const { input, profiles, now } = situations[n % situations.length] as Situation
    const began = performance.now()
    if (began >= to) break
    const { outcome } = decide(gatherFacts(input, profiles, now), policy)
    const ended = performance.now()
    if (outcome === 'hold') kept += 1
    if (began >= from) latencies.push(ended - began)
  }
  const used = process.cpuUsage(cpu)
  const perCpu = rounded(n / ((used.user + used.system) / 1e6), 0)
  say(`coffer: ${latencies.length} decisions, ${kept} held; ${perCpu} per second of processor time`)
  return summary(latencies)
}

async function measureOther(run: (at: number) => Promise<unknown>, count: number) {
  const latencies: number[] = []
  const from = performance.now() + warmUpSeconds * 1_000
  const to = from + seconds * 1_000
  for (let n = 0; ; n += 1) {
    const began = performance.now()
    if (began >= to) break
    await run(n % count)
    if (began >= from) latencies.push(performance.now() - began)
  }
  return summary(latencies)
}

function summary(latencies: number[]) {
  latencies.sort((a, b) => a - b)
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? 0
  return { perSecond: latencies.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99) }
}
