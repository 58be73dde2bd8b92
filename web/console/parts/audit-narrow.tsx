import { Button, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import type { AuditFilter } from '../queries.ts'
import { texts } from '../texts.ts'

const t = texts.audit

interface AuditNarrowProps {
  only: AuditFilter
  onNarrow: (only: AuditFilter) => void
}

/** To one act, one subject; to one person by a click on his name in a row. */
export function AuditNarrow({ only, onNarrow }: AuditNarrowProps) {
  const [action, setAction] = useState(only.action ?? '')
  const [subject, setSubject] = useState(only.subject ?? '')
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    onNarrow({
      ...(only.operator_id !== undefined && { operator_id: only.operator_id }),
      ...(action.trim() !== '' && { action: action.trim() }),
      ...(subject.trim() !== '' && { subject: subject.trim() }),
    })
  }
  return (
    <form className="span-form" aria-label={t.filter} onSubmit={submit}>
      <TextInput
        size="sm"
        label={t.action}
        placeholder={t.actionHint}
        pattern="[A-Za-z]*"
        maxLength={64}
        value={action}
        onChange={({ currentTarget }) => setAction(currentTarget.value)}
      />
      <TextInput
        size="sm"
        label={t.subject}
        placeholder={t.subjectHint}
        maxLength={200}
        value={subject}
        onChange={({ currentTarget }) => setSubject(currentTarget.value)}
      />
      <Button type="submit" size="sm" variant="default">
        {t.apply}
      </Button>
      {Object.keys(only).length > 0 && (
        <Button size="sm" variant="subtle" onClick={() => onNarrow({})}>
          {t.clear}
        </Button>
      )}
      {only.operator_id !== undefined && (
        <p className="panel-hint">
          {t.narrowed} {t.who.toLowerCase()}: <code>{only.operator_id}</code>
        </p>
      )}
    </form>
  )
}
