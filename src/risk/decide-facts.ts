import { fail, ok, type Result } from '#kernel'
import type { CompiledPolicy } from './compile-policy.ts'
import { decide } from './decide.ts'
import { factFields, factNames, largest, never, type FactName, type Facts } from './facts.ts'
import type { Verdict } from './outcome.ts'

/**
 * A policy's verdict on facts given by hand, for trying it. What is not given is neutral: no, 0,
 * the first word of a list, and ages that never began. Errors: which fact is wrong, as a sentence.
 */
export function decideFacts(given: unknown, policy: CompiledPolicy): Result<Verdict, string> {
  if (given === null || typeof given !== 'object' || Array.isArray(given)) {
    return fail('facts are an object of names and values')
  }
  const facts: Record<string, unknown> = { ...neutralFacts }
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(factFields, name)) return fail(`there is no fact ${name}`)
    const wrong = wrongValue(name as FactName, value)
    if (wrong !== null) return fail(`${name}: ${wrong}`)
    facts[name] = value
  }
  return ok(decide(facts as unknown as Facts, policy))
}

/** Nothing is known and nothing happened: where a trial begins. */
export const neutralFacts = Object.fromEntries(
  factNames.map((name) => {
    const type = factFields[name]
    if (typeof type !== 'string') return [name, name === 'step' ? 'payment' : type[0]]
    if (type === 'flag') return [name, false]
    return [name, type === 'minutes' ? never : 0]
  }),
) as Facts

function wrongValue(name: FactName, value: unknown): string | null {
  const type = factFields[name]
  if (typeof type !== 'string') {
    const known: readonly unknown[] = type
    return known.includes(value) ? null : `one of ${type.join(', ')}`
  }
  if (type === 'flag') return typeof value === 'boolean' ? null : 'true or false'
  const fits = Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= largest[type]
  return fits ? null : `a whole number from 0 to ${largest[type]}`
}
