import { NumberInput } from '@mantine/core'
import type { PolicyDocument } from '../policy-document.ts'
import { texts } from '../texts.ts'

const t = texts.policies.edit

interface ParameterFieldsProps {
  document: PolicyDocument
  onChange: (more: Partial<PolicyDocument>) => void
}

/** The numbers that rules and scores are compared with. */
export function ParameterFields({ document, onChange }: ParameterFieldsProps) {
  const groups = [
    ['parameters', texts.policies.document.parameters, t.parametersHint],
    ['outcomeFrom', t.outcomeFrom, null],
    ['levelFrom', t.levelFrom, null],
  ] as const
  return groups.map(([key, title, hint]) => (
    <section className="panel" key={key} aria-label={title}>
      <h3>{title}</h3>
      {hint !== null && <p className="panel-hint">{hint}</p>}
      <div className="parameter-grid">
        {Object.entries(document[key]).map(([name, value]) => (
          <NumberInput
            key={name}
            label={name}
            min={0}
            allowDecimal={false}
            thousandSeparator=","
            value={value}
            onChange={(next) => onChange({ [key]: { ...document[key], [name]: Number(next) } })}
          />
        ))}
      </div>
    </section>
  ))
}
