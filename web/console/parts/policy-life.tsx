import { IconCheck } from '@tabler/icons-react'
import { when } from '../../shared/format.ts'
import { texts } from '../texts.ts'
import type { Policies } from '#contract'

const t = texts.policies

interface PolicyLifeProps {
  draft: Policies['drafts'][number]
  people: Policies['people']
}

/** The four steps of a draft, in order, with who and when. */
export function PolicyLife({ draft, people }: PolicyLifeProps) {
  const nameOf = (id: string) => people[id] ?? id
  const by = draft.approved_by
  const steps = [
    [t.steps.saved, draft.saved_at, nameOf(draft.saved_by)],
    [t.steps.shadow, draft.shadow_since, null],
    [t.steps.backtest, draft.backtested_at, null],
    [t.steps.published, draft.approved_at, by === null ? null : nameOf(by)],
  ] as const
  return (
    <ol className="life">
      {steps.map(([name, at, who], index) => (
        <li key={name} className={at === null ? '' : 'is-done'}>
          <span className="life-mark num" aria-hidden="true">
            {at === null ? index + 1 : <IconCheck size={14} stroke={2.6} />}
          </span>
          <strong>{name}</strong>
          <span className="num">
            {at === null
              ? t.notYet
              : who === null
                ? when(at, 'moment')
                : t.by(who, when(at, 'moment'))}
          </span>
        </li>
      ))}
    </ol>
  )
}
