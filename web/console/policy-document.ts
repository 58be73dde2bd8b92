import type { Outcome } from '#contract'

/** A rule and a policy as their JSON stands in the contract's `document`; the server checks it. */
export interface PolicyRule {
  id: string
  code: string
  steps: string[]
  when: string
  points: number
  floor: Outcome | null
  observed: string
  threshold: string
  sentence: string
  analystSentence: string
}

export interface PolicyDocument {
  name: string
  description: string
  parameters: Record<string, number>
  rules: PolicyRule[]
  outcomeFrom: Record<string, number>
  levelFrom: Record<string, number>
  holdBecomes: Record<string, string>
}

/** One fault as the server names it; without rule it concerns the document. */
export interface PolicyFault {
  rule: string | null
  line: number
  column: number
  message: string
}

/** Kept documents were checked when they were saved. */
export function asDocument(kept: unknown): PolicyDocument {
  const { name, description, parameters, outcomeFrom, levelFrom, rules, holdBecomes } =
    kept as PolicyDocument
  return { name, description, parameters, outcomeFrom, levelFrom, rules, holdBecomes }
}

/** 'rule-id, line 2, column 5: words; rule: words' -> each fault. */
export function faultsIn(detail: string): PolicyFault[] {
  return detail.split(/; (?=[a-z0-9-]+, line \d+|[\w.]+: |and \d+ more)/).map((part) => {
    const found = /^([a-z0-9-]+), line (\d+), column (\d+): (.*)$/s.exec(part)
    if (found === null) return { rule: null, line: 1, column: 1, message: part }
    const [, rule = '', line, column, message = ''] = found
    return { rule, line: Number(line), column: Number(column), message }
  })
}

/** 'today-1a2b3c4d5e6f' -> its name and the hash of its content. */
export function partsOfVersion(version: string): { name: string; hash: string } {
  const at = version.lastIndexOf('-')
  return at < 0
    ? { name: version, hash: '' }
    : { name: version.slice(0, at), hash: version.slice(at + 1) }
}
