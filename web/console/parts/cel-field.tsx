import { useId, useRef } from 'react'
import type { PolicyFault } from '../policy-document.ts'
import { texts } from '../texts.ts'

const t = texts.policies.edit

interface CelFieldProps {
  value: string
  faults: readonly PolicyFault[]
  onChange: (value: string) => void
}

/** A condition with its lines numbered; a fault is a button that puts the caret where it is. */
export function CelField({ value, faults, onChange }: CelFieldProps) {
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const lines = value.split('\n')
  const go = ({ line, column }: PolicyFault) => {
    const before = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0)
    const place = Math.min(before + column - 1, value.length)
    field.current?.focus()
    field.current?.setSelectionRange(place, place)
  }
  return (
    <div className={`cel ${faults.length > 0 ? 'is-faulty' : ''}`}>
      <label htmlFor={id}>{t.condition}</label>
      <p className="panel-hint" id={`${id}-hint`}>
        {t.conditionHint}
      </p>
      <div className="cel-box">
        <ol className="cel-lines num" aria-hidden="true">
          {lines.map((_, index) => (
            <li
              key={index}
              className={faults.some(({ line }) => line === index + 1) ? 'is-bad' : ''}
            >
              {index + 1}
            </li>
          ))}
        </ol>
        <textarea
          ref={field}
          id={id}
          rows={Math.max(3, lines.length)}
          wrap="off"
          spellCheck={false}
          autoCapitalize="off"
          aria-invalid={faults.length > 0}
          aria-describedby={`${id}-hint ${id}-faults`}
          value={value}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      </div>
      <ul className="cel-faults" id={`${id}-faults`}>
        {faults.map((fault, index) => (
          <li key={index}>
            <button type="button" className="text-link" onClick={() => go(fault)}>
              {t.at(fault.line, fault.column)}
            </button>{' '}
            {fault.message}
          </li>
        ))}
      </ul>
    </div>
  )
}
