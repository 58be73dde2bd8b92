import { useNavigate } from '@tanstack/react-router'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { notifications } from '@mantine/notifications'
import { useAct, useMay, useOperator } from '../queries.ts'
import { partsOfVersion } from '../policy-document.ts'
import { texts } from '../texts.ts'
import { PolicyBacktestPanel } from './policy-backtest.tsx'
import { PolicyLife } from './policy-life.tsx'
import { PolicyRules } from './policy-rules.tsx'
import { PolicyShadow } from './policy-shadow.tsx'
import { PolicyState } from './policy-state.tsx'
import { RollBackDialog } from './roll-back-dialog.tsx'
import { Refusal } from './states.tsx'
import type { Policies } from '#contract'

const t = texts.policies

interface PolicyDetailProps {
  version: string
  policies: Policies
}

/** One policy: how far it has come, what the next step is, what it said, and its rules. */
export function PolicyDetail({ version, policies }: PolicyDetailProps) {
  const { name, hash } = partsOfVersion(version)
  const { active } = policies
  const draft = policies.drafts.find((each) => each.version === version)
  const isActive = version === active
  const wasPublished = policies.published.some((each) => each.version === version)
  const isOpen = draft !== undefined && draft.state !== 'published'
  const standing = isActive ? 'active' : wasPublished ? 'earlier' : (draft?.state ?? 'earlier')
  return (
    <article className="detail" aria-label={version}>
      <header className="detail-head">
        <div>
          <h2 className="policy-name">
            {name} <PolicyState state={standing} />
          </h2>
          <p className="panel-hint">
            {t.hash} <code>{hash}</code>
          </p>
        </div>
        <div className="detail-acts">
          {active !== null && wasPublished && !isActive && (
            <RollBack version={version} active={active} />
          )}
          <Copy version={version} />
        </div>
      </header>
      {draft !== undefined && (
        <section className="panel" aria-label={t.life}>
          <h3>{t.life}</h3>
          <PolicyLife draft={draft} people={policies.people} />
          {isOpen && <Steps draft={draft} />}
        </section>
      )}
      {(isOpen || policies.phantoms.some((each) => each.version === version)) && (
        <PolicyShadow phantoms={policies.phantoms.filter((each) => each.version === version)} />
      )}
      {isOpen && <PolicyBacktestPanel version={version} />}
      <PolicyRules version={version} />
    </article>
  )
}

/** What may be done with a draft now, and why not more. */
function Steps({ draft }: { draft: Policies['drafts'][number] }) {
  const may = useMay()
  const { data: me } = useOperator()
  const shadow = useAct('POST /v1/operator/policies/:version/shadow')
  const publish = useAct('POST /v1/operator/policies/:version/publish')
  const params = { version: draft.version }
  const isOn = draft.state === 'shadow'
  const isOwn = draft.saved_by === me?.id
  const isReady = draft.shadow_since !== null && draft.backtested_at !== null
  const say = (message: string) => () => {
    notifications.show({ color: 'green', message })
  }
  if (!may('shadowPolicy')) return null
  return (
    <>
      <div className="policy-acts">
        <Button
          variant="default"
          loading={shadow.isPending}
          onClick={() =>
            shadow.mutate(
              { params, body: { on: !isOn } },
              { onSuccess: say(isOn ? t.done.noShadow : t.done.shadow) },
            )
          }
        >
          {isOn ? t.acts.noShadow : t.acts.shadow}
        </Button>
        <Button
          color="green.6"
          disabled={isOwn || !isReady}
          loading={publish.isPending}
          onClick={() => publish.mutate({ params, body: {} }, { onSuccess: say(t.done.published) })}
        >
          {t.acts.publish}
        </Button>
        <p className="note">{isOwn ? t.own : isReady ? '' : t.first}</p>
      </div>
      <Refusal error={shadow.error ?? publish.error} />
    </>
  )
}

function Copy({ version }: { version: string }) {
  const may = useMay()
  const navigate = useNavigate()
  if (!may('savePolicy')) return null
  return (
    <Button
      size="sm"
      variant="default"
      onClick={() => void navigate({ to: '/policies/new', search: { id: version } })}
    >
      {t.acts.edit}
    </Button>
  )
}

function RollBack({ version, active }: { version: string; active: string }) {
  const may = useMay()
  const [isAsked, ask] = useState(false)
  if (!may('rollBackPolicy')) return null
  return (
    <>
      <Button size="sm" color="brick.6" onClick={() => ask(true)}>
        {t.acts.rollBack}
      </Button>
      {isAsked && <RollBackDialog version={version} active={active} onClose={() => ask(false)} />}
    </>
  )
}
