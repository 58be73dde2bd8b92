import { VisuallyHidden } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { duration } from '../../shared/format.ts'
import { Money } from '../../shared/money.tsx'
import { useChosen } from '../chosen.ts'
import { useLiveBoard } from '../live-board.ts'
import { ClaimDetail } from '../parts/claim-detail.tsx'
import { Waiting } from '../parts/states.tsx'
import { useClaims } from '../queries.ts'
import { texts } from '../texts.ts'
import type { OperatorClaim } from '#contract'

const t = texts.claims

/** Claims, those with the nearest clock first. */
export function ClaimsPage() {
  const [id, choose] = useChosen()
  const { data, error, refetch } = useClaims()
  if (data === undefined) return <Waiting error={error} again={() => void refetch()} />
  const claims = data.data
  const current = claims.find((claim) => claim.id === id) ?? claims[0]
  return (
    <div className="desk">
      <section className="desk-list" aria-label={t.title}>
        <header className="desk-head">
          <h1>{t.title}</h1>
        </header>
        {claims.length === 0 && <p className="empty">{t.empty}</p>}
        {claims.map((claim) => (
          <ClaimItem
            key={claim.id}
            claim={claim}
            isCurrent={claim.id === current?.id}
            onOpen={() => choose(claim.id)}
          />
        ))}
      </section>
      <div className="desk-pane">
        {current === undefined ? (
          <p className="empty">{t.pick}</p>
        ) : (
          <ClaimDetail key={current.id} claim={current} />
        )}
      </div>
    </div>
  )
}

interface ClaimItemProps {
  claim: OperatorClaim
  isCurrent: boolean
  onOpen: () => void
}

function ClaimItem({ claim, isCurrent, onOpen }: ClaimItemProps) {
  return (
    <button
      type="button"
      className={`item ${isCurrent ? 'is-current' : ''}`}
      aria-current={isCurrent}
      onClick={onOpen}
    >
      <NextClock claim={claim} />
      <span className="item-main">
        <span className="item-title">{claim.customer.name}</span>
        <span className="item-sub">{t.steps[claim.next_step]}</span>
      </span>
      <span className="item-end">
        <Money amount={claim.lost} />
        <span>{claim.state.replace('_', ' ')}</span>
      </span>
    </button>
  )
}

/** The clock that runs out first among those still running. */
function NextClock({ claim }: { claim: OperatorClaim }) {
  const { board } = useLiveBoard()
  const next = claim.clocks
    .filter(({ met_at: met }) => met === null)
    .toSorted((a, b) => Date.parse(a.due_at) - Date.parse(b.due_at))[0]
  if (next === undefined || board === undefined || claim.next_step === 'none') {
    return (
      <span className="item-clock">
        <IconCheck size={15} aria-hidden />
        <VisuallyHidden>{t.met}</VisuallyHidden>
      </span>
    )
  }
  const rest = Date.parse(next.due_at) - Date.parse(board.simulated_now)
  const look = rest < 0 ? 'is-late' : rest < 6 * 3_600_000 ? 'is-near' : ''
  return (
    <span className={`item-clock num ${look}`}>
      {rest < 0 ? t.late(duration(-rest)) : duration(rest)}
    </span>
  )
}
