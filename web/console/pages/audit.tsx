import { Button } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { when } from '../../shared/format.ts'
import { AuditChain } from '../parts/audit-chain.tsx'
import { AuditNarrow } from '../parts/audit-narrow.tsx'
import { Waiting } from '../parts/states.tsx'
import { useAudit, type AuditFilter } from '../queries.ts'
import { texts } from '../texts.ts'
import type { AuditEntry } from '#contract'

const t = texts.audit

/** Who read and changed what, newest first; narrowed by a click on whatever stands in a row. */
export function AuditPage() {
  const only = useSearch({ strict: false }) as AuditFilter
  const navigate = useNavigate()
  const narrow = (next: AuditFilter) => void navigate({ to: '.', search: next, replace: true })
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useAudit(only)
  const rows = data?.pages.flatMap((page) => page.data)
  return (
    <div className="page">
      <header className="desk-head">
        <h1>{t.title}</h1>
      </header>
      <p className="page-text">{t.text}</p>
      <AuditChain />
      <AuditNarrow key={JSON.stringify(only)} only={only} onNarrow={narrow} />
      {rows === undefined ? (
        <Waiting error={error} again={() => void refetch()} />
      ) : (
        <AuditTable rows={rows} only={only} onNarrow={narrow} />
      )}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t.more}
        </Button>
      )}
    </div>
  )
}

interface AuditTableProps {
  rows: readonly AuditEntry[]
  only: AuditFilter
  onNarrow: (only: AuditFilter) => void
}

function AuditTable({ rows, only, onNarrow }: AuditTableProps) {
  if (rows.length === 0) {
    return <p className="empty">{Object.keys(only).length === 0 ? t.empty : t.emptyFiltered}</p>
  }
  const heads = [t.at, t.who, t.action, t.subject, t.outcome, t.reason, t.hash]
  return (
    <div className="panel table-scroll">
      <table className="table is-rows">
        <caption className="visually-hidden">{t.title}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th scope="col" key={head}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <AuditRow key={row.id} row={row} onNarrow={(more) => onNarrow({ ...only, ...more })} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function AuditRow({ row, onNarrow }: { row: AuditEntry; onNarrow: (more: AuditFilter) => void }) {
  const isPlain = row.outcome === 'read' || row.outcome === 'done'
  const pick = (words: string, more: AuditFilter) => (
    <button type="button" className="row-button" title={t.only} onClick={() => onNarrow(more)}>
      {words}
    </button>
  )
  return (
    <tr>
      <td className="num is-soft">{when(row.at, 'moment')}</td>
      <td>
        {pick(row.operator_name, { operator_id: row.operator_id })}
        <span className="figure-of">{row.roles.join(', ')}</span>
      </td>
      <td>{pick(actionWords(row.action), { action: row.action })}</td>
      <td>
        {row.subject === '*' ? (
          <span className="is-soft">{t.all}</span>
        ) : (
          pick(row.subject, { subject: row.subject })
        )}
      </td>
      <td>
        <span
          className={`chip ${isPlain ? '' : 'is-deny'} ${row.outcome === 'done' ? 'is-allow' : ''}`}
        >
          {row.outcome.replaceAll('_', ' ')}
        </span>
      </td>
      <td className="is-soft audit-reason">{row.reason ?? '–'}</td>
      <td>
        <code title={row.hash}>{row.hash.slice(0, 8)}</code>
      </td>
    </tr>
  )
}

/** 'decideReview' -> 'decide review' */
function actionWords(action: string): string {
  return action.replace(/([A-Z])/g, ' $1').toLowerCase()
}
