import { Environment } from '@marcbachmann/cel-js'
import { fail, ok, type Result } from '#kernel'
import { compileCondition } from './compile-condition.ts'
import { factFields, factNames, type Facts } from './facts.ts'

/** A rule's condition, parsed and typed; true when the rule hits. */
export type Condition = (facts: Facts) => boolean

export interface ConditionFault {
  readonly line: number
  readonly column: number
  readonly message: string
}

/** Parses conditions over all facts and these parameters. */
export type ConditionParser = (text: string) => Result<Condition, ConditionFault>

/** Far above any honest rule, far below what could slow a decision. */
const celLimits = { maxAstNodes: 200, maxDepth: 24, maxCallArguments: 4, maxListElements: 20 }
const longestText = 1_000

let base: Environment | undefined

/**
 * Numbers are CEL doubles: JavaScript numbers go in as they are (an int would need a bigint per
 * fact), all are whole and below 2^53, and comparing them with `3` or `3.0` means the same.
 * Arithmetic with whole literals is refused at load: write `amount * 2.0`.
 */
function factsEnvironment(): Environment {
  if (base !== undefined) return base
  const environment = new Environment({ limits: celLimits })
  for (const name of factNames) environment.registerVariable(name, celType(factFields[name]))
  base = environment
  return environment
}

function celType(type: (typeof factFields)[keyof typeof factFields]): string {
  if (typeof type !== 'string') return 'string'
  return type === 'flag' ? 'bool' : 'double'
}

export function createConditionParser(
  parameters: Readonly<Record<string, number>>,
): ConditionParser {
  const environment = factsEnvironment().clone()
  for (const [name, value] of Object.entries(parameters)) {
    environment.registerConstant(name, 'double', value)
  }
  return (text) => {
    if (text.length > longestText) {
      return fail({
        line: 1,
        column: longestText,
        message: `longer than ${longestText} characters`,
      })
    }
    const checked = environment.check(text)
    if (!checked.valid) return fail(faultOf(text, checked.error))
    if (checked.type !== 'bool') {
      return fail({ line: 1, column: 1, message: `is a ${String(checked.type)}, not a bool` })
    }
    const evaluate = environment.parse(text)
    const compiled = compileCondition(evaluate.ast, parameters)
    return ok(compiled ?? ((facts) => evaluate(facts as never) === true))
  }
}

function faultOf(text: string, error: unknown): ConditionFault {
  const { range, summary, message } = error as {
    range?: { start: number }
    summary?: string
    message?: string
  }
  const before = text.slice(0, range?.start ?? 0).split('\n')
  return {
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    message: summary ?? message ?? String(error),
  }
}
