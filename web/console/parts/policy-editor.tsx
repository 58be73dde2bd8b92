import { Button, Group, SegmentedControl, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconArrowLeft, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import type { PolicyDocument, PolicyFault } from '../policy-document.ts'
import { useAct, usePolicyFaults } from '../queries.ts'
import { texts } from '../texts.ts'
import { JsonEditor } from './json-editor.tsx'
import { ParameterFields } from './parameter-fields.tsx'
import { RuleDesk } from './rule-desk.tsx'
import { Refusal } from './states.tsx'

const t = texts.policies.edit
type View = keyof typeof t.views
/** So long nobody types before the server is asked. */
const restMs = 350

interface PolicyEditorProps {
  /** The policy this is a copy of. */
  base: string
  start: PolicyDocument
}

/** Rules, numbers or the whole JSON, checked by the server while they are written. */
export function PolicyEditor({ base, start }: PolicyEditorProps) {
  const [document, setDocument] = useState(start)
  const [view, setView] = useState<View>('rules')
  const [isJson, setIsJson] = useState(true)
  const [settled] = useDebouncedValue(document, restMs)
  const { data: faults, isFetching } = usePolicyFaults(settled)
  const navigate = useNavigate()
  const act = useAct('POST /v1/operator/policies')
  const isChecked = settled === document && !isFetching && faults !== undefined
  const save = () =>
    act.mutate(
      { body: { document } },
      {
        onSuccess: ({ version }) => {
          notifications.show({ color: 'green', message: texts.policies.done.saved })
          void navigate({ to: '/policies', search: { id: version } })
        },
      },
    )
  const change = (more: Partial<PolicyDocument>) => setDocument({ ...document, ...more })
  const editor = {
    rules: (
      <RuleDesk
        rules={document.rules}
        faults={faults ?? []}
        onChange={(rules) => change({ rules })}
      />
    ),
    parameters: <ParameterFields document={document} onChange={change} />,
    json: <JsonEditor document={document} onChange={setDocument} onSense={setIsJson} />,
  }
  return (
    <article className="detail studio" aria-label={t.title}>
      <Head base={base}>
        <Verdict faults={isChecked ? faults : undefined} isJson={isJson} />
        <Button
          disabled={!isChecked || !isJson || faults.length > 0}
          loading={act.isPending}
          onClick={save}
        >
          {t.save}
        </Button>
      </Head>
      <Refusal error={act.error} />
      <Names document={document} onChange={change} />
      <Group justify="space-between">
        <SegmentedControl
          value={view}
          onChange={setView}
          data={(Object.keys(t.views) as View[]).map((value) => ({ value, label: t.views[value] }))}
        />
      </Group>
      <Faults faults={(faults ?? []).filter(({ rule }) => rule === null)} />
      {editor[view]}
    </article>
  )
}

function Head({ base, children }: { base: string; children: ReactNode }) {
  return (
    <header className="detail-head">
      <div>
        <Link to="/policies" search={{ id: base }} className="text-link">
          <IconArrowLeft size={16} aria-hidden="true" /> {t.back}
        </Link>
        <h1>{t.title}</h1>
        <p className="panel-hint">{t.from(base)}</p>
      </div>
      <div className="detail-acts">{children}</div>
    </header>
  )
}

interface NamesProps {
  document: PolicyDocument
  onChange: (more: Partial<PolicyDocument>) => void
}

function Names({ document, onChange: change }: NamesProps) {
  return (
    <section className="panel studio-name">
      <TextInput
        label={t.name}
        description={t.nameHint}
        inputWrapperOrder={['label', 'input', 'description']}
        maxLength={64}
        value={document.name}
        onChange={({ currentTarget }) => change({ name: currentTarget.value })}
      />
      <TextInput
        label={t.description}
        value={document.description}
        onChange={({ currentTarget }) => change({ description: currentTarget.value })}
      />
    </section>
  )
}

function Verdict({ faults, isJson }: { faults: PolicyFault[] | undefined; isJson: boolean }) {
  const [look, words] = !isJson
    ? (['is-deny', t.notJson] as const)
    : faults === undefined
      ? (['', t.checking] as const)
      : faults.length === 0
        ? (['is-allow', t.sound] as const)
        : (['is-deny', t.faults(faults.length)] as const)
  const Icon = look === 'is-deny' ? IconCircleX : IconCircleCheck
  return (
    <output className={`chip verdict ${look}`}>
      <Icon size={15} aria-hidden="true" /> {words}
    </output>
  )
}

/** Faults of the document itself; those of conditions stand at their rules. */
function Faults({ faults }: { faults: readonly PolicyFault[] }) {
  if (faults.length === 0) return null
  return (
    <ul className="refusal" role="alert">
      {faults.map(({ message }, index) => (
        <li key={index}>{message}</li>
      ))}
    </ul>
  )
}
