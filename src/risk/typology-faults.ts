import { outcomes, steps } from './outcome.ts'
import type { PolicyDocument, PolicyFault, PolicyTypology } from './policy.ts'

const mostTypologies = 32

/** What is wrong with typologies but for their conditions. `line`: of the term it is about. */
export function typologyFaults(document: PolicyDocument): PolicyFault[] {
  const { rules, typologies = [] } = document
  const faults: PolicyFault[] = []
  const ids = new Set(rules.map(({ id }) => id))
  if (typologies.length > mostTypologies) {
    const message = `more than ${mostTypologies} typologies`
    faults.push({ rule: null, line: 1, column: 1, message })
  }
  for (const typology of typologies) {
    const complain = (message: string, line = 1): void => {
      faults.push({ rule: typology.id, line, column: 1, message })
    }
    if (ids.has(typology.id)) complain('its id is used twice')
    ids.add(typology.id)
    for (const message of shapeFaults(typology)) complain(message)
    const named = new Set<string>()
    for (const [term, { rule, weight }] of typology.rules.entries()) {
      const at = rules.find(({ id }) => id === rule)
      if (at === undefined) complain(`there is no rule ${rule}`, term + 1)
      else if (!at.steps.some((step) => typology.steps.includes(step))) {
        complain(`rule ${rule} is never asked at its steps`, term + 1)
      }
      if (named.has(rule)) complain(`rule ${rule} is named twice`, term + 1)
      named.add(rule)
      if (!Number.isSafeInteger(weight) || weight < 0) complain(`weight is not whole`, term + 1)
    }
  }
  return faults
}

function shapeFaults(typology: PolicyTypology): string[] {
  const { alertFrom, interdictFrom, interdiction, rules } = typology
  const faults: string[] = []
  if (typology.steps.length === 0 || typology.steps.some((step) => !steps.includes(step))) {
    faults.push('unknown step, or none')
  }
  if (!outcomes.includes(interdiction)) faults.push('unknown outcome')
  if (alertFrom <= 0) faults.push('alertFrom is not above 0')
  if (interdictFrom < alertFrom) faults.push('interdictFrom is below alertFrom')
  const reachable = rules.reduce((sum, { weight }) => sum + weight, 0)
  if (alertFrom > reachable) faults.push(`alertFrom is above all weights together, ${reachable}`)
  return faults
}
