import { useState } from 'react'
import { useChosen } from '../chosen.ts'
import { PolicyEditor } from '../parts/policy-editor.tsx'
import { Waiting } from '../parts/states.tsx'
import { asDocument } from '../policy-document.ts'
import { usePolicies, usePolicy } from '../queries.ts'
import { texts } from '../texts.ts'

/** A new draft begins as a copy of another policy: the one named, or the one that decides. */
export function PolicyDraftPage() {
  const [id] = useChosen()
  const { data, error, refetch } = usePolicies()
  // What decides may change meanwhile; the draft stays a copy of what was opened.
  const [base, setBase] = useState(id)
  if (data === undefined) return <Waiting error={error} again={() => void refetch()} />
  const from = base ?? data.active
  if (from === null) return <p className="empty">{texts.policies.pick}</p>
  if (base === undefined) setBase(from)
  return <Copied key={from} version={from} />
}

function Copied({ version }: { version: string }) {
  const { data, error, refetch } = usePolicy(version)
  if (data === undefined) return <Waiting error={error} again={() => void refetch()} />
  return <PolicyEditor base={version} start={asDocument(data.document)} />
}
