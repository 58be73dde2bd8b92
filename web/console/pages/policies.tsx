import { when } from '../../shared/format.ts'
import { useChosen } from '../chosen.ts'
import { PolicyDetail } from '../parts/policy-detail.tsx'
import { PolicyState, type PolicyStanding } from '../parts/policy-state.tsx'
import { Waiting } from '../parts/states.tsx'
import { partsOfVersion } from '../policy-document.ts'
import { usePolicies } from '../queries.ts'
import { texts } from '../texts.ts'
import type { Policies } from '#contract'

const t = texts.policies

/** Every policy there is: the one that decides, drafts on their way, and those of before. */
export function PoliciesPage() {
  const [id, choose] = useChosen()
  const { data, error, refetch } = usePolicies()
  if (data === undefined) return <Waiting error={error} again={() => void refetch()} />
  const current = id ?? data.active ?? data.drafts[0]?.version
  return (
    <div className="desk">
      <section className="desk-list" aria-label={t.title}>
        <header className="desk-head">
          <h1>{t.title}</h1>
        </header>
        <PolicyList policies={data} current={current} onOpen={choose} />
      </section>
      <div className="desk-pane">
        {current === undefined ? (
          <p className="empty">{t.pick}</p>
        ) : (
          <PolicyDetail key={current} version={current} policies={data} />
        )}
      </div>
    </div>
  )
}

interface PolicyListProps {
  policies: Policies
  current: string | undefined
  onOpen: (version: string) => void
}

function PolicyList({ policies, current, onOpen }: PolicyListProps) {
  const { active, drafts, published, people } = policies
  const open = drafts.filter(({ state }) => state !== 'published')
  const earlier = firstOfEach(published).filter(({ version }) => version !== active)
  const item = (version: string, state: PolicyStanding, sub: string) => (
    <PolicyItem
      key={version}
      {...{ version, state, sub }}
      isCurrent={version === current}
      onOpen={() => onOpen(version)}
    />
  )
  const now = published.find(({ version }) => version === active)
  return (
    <>
      <h2 className="list-head">{t.deciding}</h2>
      {active !== null &&
        item(active, 'active', now === undefined ? '' : when(now.published_at, 'moment'))}
      <h2 className="list-head">{t.drafts}</h2>
      {open.length === 0 && <p className="list-empty">{t.noDrafts}</p>}
      {open.map(({ version, state, saved_by: by, saved_at: at }) =>
        item(version, state, t.by(people[by] ?? by, when(at, 'moment'))),
      )}
      {earlier.length > 0 && <h2 className="list-head">{t.published}</h2>}
      {earlier.map(({ version, published_at: at }) => item(version, 'earlier', when(at, 'moment')))}
    </>
  )
}

interface PolicyItemProps {
  version: string
  state: PolicyStanding
  sub: string
  isCurrent: boolean
  onOpen: () => void
}

function PolicyItem({ version, state, sub, isCurrent, onOpen }: PolicyItemProps) {
  const { name, hash } = partsOfVersion(version)
  return (
    <button
      type="button"
      className={`item ${isCurrent ? 'is-current' : ''}`}
      aria-current={isCurrent}
      onClick={onOpen}
    >
      <span className="item-main">
        <span className="item-title">{name}</span>
        <span className="item-sub num">
          <code>{hash.slice(0, 6)}</code> {sub}
        </span>
      </span>
      <PolicyState state={state} />
    </button>
  )
}

/** Newest first; a policy that was gone back to stands once. */
function firstOfEach(published: Policies['published']): Policies['published'] {
  const seen = new Set<string>()
  return published.filter(({ version }) => !seen.has(version) && seen.add(version))
}
