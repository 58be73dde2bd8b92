import { day, hour, minute } from '#kernel'
import { formatAmount } from '#money'
import { factFields, never, type FactName, type Facts } from './facts.ts'
import type { Reason } from './outcome.ts'
import type { PolicyDocument, PolicyRule } from './policy.ts'
import type { TypologyResult } from './typology.ts'

/** A rule's result in words: what it saw, where its line is, and why it exists. */
export function reasonOf(rule: PolicyRule, facts: Facts, { parameters }: PolicyDocument): Reason {
  const observed = rule.observed as FactName
  const limit = parameters[rule.threshold]
  return {
    code: rule.code,
    rule: rule.id,
    observed: formatFact(observed, facts[observed]),
    threshold: limit === undefined ? rule.threshold : formatFact(observed, limit),
    sentence: rule.sentence,
    analystSentence: rule.analystSentence,
  }
}

/** A typology's sum in words, with the threshold it has reached. */
export function typologyReason({ typology, score, interdiction }: TypologyResult): Reason {
  const { code, id, sentence, analystSentence, alertFrom, interdictFrom } = typology
  const threshold = interdiction ? `interdiction ${interdictFrom}` : `alert ${alertFrom}`
  return { code, rule: id, observed: String(score), threshold, sentence, analystSentence }
}

/** A fact as people read it: yuan, hours, percent, yes or no. */
export function formatFact(name: FactName, value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return value
  switch (factFields[name]) {
    case 'fen':
      return formatAmount(BigInt(value))
    case 'minutes':
      return formatMinutes(value)
    case 'percent':
      return `${value} %`
    default:
      return String(value)
  }
}

function formatMinutes(minutes: number): string {
  if (minutes >= never) return 'never'
  const ms = minutes * minute
  if (ms >= 2 * day) return `${Math.floor(ms / day)} d`
  if (ms >= 2 * hour) return `${Math.floor(ms / hour)} h`
  return `${minutes} min`
}
