import { texts } from '../texts.ts'

const t = texts.policies

export type PolicyStanding = keyof typeof t.states | 'active'

const looks: Record<PolicyStanding, string> = {
  active: 'is-allow',
  shadow: 'is-challenge',
  draft: '',
  published: '',
  earlier: '',
}

/** How far a policy has come, in a word. */
export function PolicyState({ state }: { state: PolicyStanding }) {
  return (
    <span className={`chip ${looks[state]}`}>
      {state === 'active' ? t.active : t.states[state]}
    </span>
  )
}
