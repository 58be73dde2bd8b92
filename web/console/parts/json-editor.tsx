import { Textarea } from '@mantine/core'
import { useState } from 'react'
import type { PolicyDocument } from '../policy-document.ts'
import { texts } from '../texts.ts'

const t = texts.policies.edit

interface JsonEditorProps {
  document: PolicyDocument
  onChange: (document: PolicyDocument) => void
  /** Whether the text is JSON at all: until it is, what was before stays. */
  onSense: (isJson: boolean) => void
}

/** The whole document as text, for what the other views have no field for. */
export function JsonEditor({ document, onChange, onSense }: JsonEditorProps) {
  const [text, setText] = useState(() => JSON.stringify(document, null, 2))
  const [fault, setFault] = useState<string>()
  const change = (next: string) => {
    setText(next)
    const read = readJson(next)
    setFault(read.fault)
    onSense(read.fault === undefined)
    if (read.document !== undefined) onChange(read.document)
  }
  return (
    <section className="panel">
      <Textarea
        label={t.json}
        classNames={{ input: 'mono' }}
        autosize
        minRows={16}
        maxRows={34}
        spellCheck={false}
        error={fault}
        value={text}
        onChange={({ currentTarget }) => change(currentTarget.value)}
      />
    </section>
  )
}

/** The shape is the server's to check; here only what the views cannot show is refused. */
function readJson(text: string): { document?: PolicyDocument; fault?: string } {
  try {
    const read: unknown = JSON.parse(text)
    const isShown =
      read !== null && typeof read === 'object' && 'rules' in read && Array.isArray(read.rules)
    return isShown ? { document: read as PolicyDocument } : { fault: t.notJson }
  } catch (error) {
    return { fault: error instanceof Error ? error.message : t.notJson }
  }
}
