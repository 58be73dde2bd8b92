import { Drawer, SegmentedControl } from '@mantine/core'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useState } from 'react'
import { money, when } from '../../shared/format.ts'
import { useChosen } from '../chosen.ts'
import { FactGrid, OutcomeChip, RuleTable } from '../parts/guard-tables.tsx'
import { Waiting } from '../parts/states.tsx'
import { WhyNot } from '../parts/why-not.tsx'
import { useDecision, useDecisions } from '../queries.ts'
import { texts } from '../texts.ts'
import type { DecisionSummary, Outcome } from '#contract'

const t = texts.decisions
const outcomes = ['allow', 'challenge', 'hold', 'deny'] as const

/** What the guard decided; any of it can be replayed from the stored facts. */
export function DecisionsPage() {
  const [id, open] = useChosen()
  const [filter, setFilter] = useState<'all' | Outcome>('all')
  const { data, error, refetch } = useDecisions(filter === 'all' ? undefined : filter)
  return (
    <div className="ledger">
      <header className="desk-head">
        <h1>{t.title}</h1>
        <SegmentedControl
          size="sm"
          value={filter}
          onChange={setFilter}
          data={[
            { value: 'all', label: t.all },
            ...outcomes.map((value) => ({ value, label: texts.board.outcomes[value] })),
          ]}
        />
      </header>
      {data === undefined ? (
        <Waiting error={error} again={() => void refetch()} />
      ) : (
        <DecisionTable decisions={data.data} onOpen={open} />
      )}
      <Drawer
        opened={id !== undefined}
        onClose={() => open(undefined)}
        position="right"
        size="xl"
        lockScroll={false}
        title={id}
        closeButtonProps={{ 'aria-label': texts.close }}
      >
        {id !== undefined && <DecisionDetail id={id} />}
      </Drawer>
    </div>
  )
}

interface DecisionTableProps {
  decisions: readonly DecisionSummary[]
  onOpen: (id: string) => void
}

function DecisionTable({ decisions, onOpen }: DecisionTableProps) {
  if (decisions.length === 0) return <p className="empty">{t.empty}</p>
  return (
    <div className="panel table-scroll">
      <table className="table is-rows">
        <caption className="visually-hidden">{t.title}</caption>
        <thead>
          <tr>
            <th scope="col">{t.at}</th>
            <th scope="col">{t.step}</th>
            <th scope="col">{t.outcome}</th>
            <th scope="col" className="is-number">
              {t.score}
            </th>
            <th scope="col" className="is-number">
              {t.amount}
            </th>
            <th scope="col">{t.reasons}</th>
          </tr>
        </thead>
        <tbody>
          {decisions.map((each) => (
            <tr key={each.id}>
              <td className="num">
                <button type="button" className="row-button" onClick={() => onOpen(each.id)}>
                  {when(each.at, 'moment')}
                </button>
              </td>
              <td>{t.steps[each.step]}</td>
              <td>
                <OutcomeChip outcome={each.outcome} />
              </td>
              <td className="num is-number">{Math.round(each.score)}</td>
              <td className="num is-number">{each.amount === null ? '–' : money(each.amount)}</td>
              <td className="is-soft">{codesOf(each)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function codesOf({ reasons }: DecisionSummary): string {
  return reasons.length === 0 ? '–' : reasons.map(({ code }) => code).join(', ')
}

function DecisionDetail({ id }: { id: string }) {
  const { data, error, refetch } = useDecision(id)
  if (data === undefined) return <Waiting error={error} again={() => void refetch()} />
  const { equal } = data.replay
  const policy = texts.queue.policy(data.policy.name, data.policy.version)
  const words = [t.steps[data.step], when(data.at, 'moment'), policy]
  return (
    <div className="detail">
      <p className={`replayed ${equal ? 'is-equal' : 'is-other'}`}>
        {equal ? <IconCircleCheck size={20} /> : <IconCircleX size={20} />}
        {equal ? t.equal : t.notEqual}
      </p>
      <p>
        <OutcomeChip outcome={data.outcome} /> {words.join(' · ')}
      </p>
      <WhyNot id={id} />
      <RuleTable rules={data.rules} />
      <h3>{texts.queue.facts}</h3>
      <FactGrid facts={data.facts} />
    </div>
  )
}
