import { Button, Group, NativeSelect, NumberInput, TextInput, Textarea } from '@mantine/core'
import { IconCopy, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { PolicyFault, PolicyRule } from '../policy-document.ts'
import { texts } from '../texts.ts'
import { CelField } from './cel-field.tsx'
import type { Outcome } from '#contract'

const t = texts.policies.edit
const floors = ['allow', 'challenge', 'hold', 'deny'] as const

interface RuleDeskProps {
  rules: PolicyRule[]
  faults: readonly PolicyFault[]
  onChange: (rules: PolicyRule[]) => void
}

/** All rules on the left, those with faults marked; one of them to write on the right. */
export function RuleDesk({ rules, faults, onChange }: RuleDeskProps) {
  const [place, setPlace] = useState(0)
  const index = Math.min(place, rules.length - 1)
  const rule = rules[index]
  const change = (next: PolicyRule) => onChange(rules.with(index, next))
  const copy = () => {
    if (rule === undefined) return
    onChange(rules.toSpliced(index + 1, 0, { ...rule, id: `${rule.id}-copy` }))
    setPlace(index + 1)
  }
  return (
    <div className="rule-desk">
      <ul className="rule-list" aria-label={t.views.rules}>
        {rules.map(({ id, points }, nth) => {
          const isFaulty = faults.some((fault) => fault.rule === id)
          return (
            <li key={`${nth} ${id}`}>
              <button
                type="button"
                className={`rule-pick ${isFaulty ? 'is-faulty' : ''}`}
                aria-current={nth === index}
                onClick={() => setPlace(nth)}
              >
                <span>{id}</span>
                <span className="num">{isFaulty ? '!' : points}</span>
              </button>
            </li>
          )
        })}
      </ul>
      {rule !== undefined && (
        <section className="panel rule-form" aria-label={rule.id}>
          <RuleFields rule={rule} onChange={change} />
          <CelField
            value={rule.when}
            faults={faults.filter((fault) => fault.rule === rule.id)}
            onChange={(when) => change({ ...rule, when })}
          />
          <RuleWords rule={rule} onChange={change} />
          <Group>
            <Button variant="default" leftSection={<IconCopy size={16} />} onClick={copy}>
              {t.copyRule}
            </Button>
            <Button
              variant="default"
              disabled={rules.length === 1}
              leftSection={<IconTrash size={16} />}
              onClick={() => onChange(rules.toSpliced(index, 1))}
            >
              {t.removeRule}
            </Button>
          </Group>
        </section>
      )}
    </div>
  )
}

interface RuleFieldsProps {
  rule: PolicyRule
  onChange: (rule: PolicyRule) => void
}

function RuleFields({ rule, onChange }: RuleFieldsProps) {
  return (
    <div className="rule-fields">
      <TextInput
        label={t.rule}
        value={rule.id}
        onChange={({ currentTarget }) => onChange({ ...rule, id: currentTarget.value })}
      />
      <NumberInput
        label={t.points}
        min={0}
        max={100}
        allowDecimal={false}
        value={rule.points}
        onChange={(points) => onChange({ ...rule, points: Number(points) })}
      />
      <NativeSelect
        label={t.floor}
        value={rule.floor ?? ''}
        data={[
          { value: '', label: t.noFloor },
          ...floors.map((value) => ({ value, label: texts.replay.outcomes[value] })),
        ]}
        onChange={({ currentTarget }) =>
          onChange({ ...rule, floor: (currentTarget.value || null) as Outcome | null })
        }
      />
    </div>
  )
}

function RuleWords({ rule, onChange }: RuleFieldsProps) {
  return (
    <>
      <Textarea
        label={t.sentence}
        autosize
        minRows={1}
        value={rule.sentence}
        onChange={({ currentTarget }) => onChange({ ...rule, sentence: currentTarget.value })}
      />
      <Textarea
        label={t.analyst}
        autosize
        minRows={1}
        value={rule.analystSentence}
        onChange={({ currentTarget }) =>
          onChange({ ...rule, analystSentence: currentTarget.value })
        }
      />
      <p className="panel-hint">
        {t.steps}: {rule.steps.join(', ')}
      </p>
    </>
  )
}
