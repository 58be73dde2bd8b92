import type { Command } from '#commit'
import { policyDraft, policyDraftKey } from './policy-draft-record.ts'

export interface NoteBacktest {
  readonly version: string
  /** Figures only: no list of decisions. */
  readonly figures: object
}

export interface BacktestNoted {
  readonly status: 'done' | 'draft_not_found'
}

/** Keeps what a backtest of a draft found, for the one who approves it. Errors: draft_not_found. */
export const noteBacktest: Command<NoteBacktest, BacktestNoted> = {
  name: 'risk.note_backtest',
  reads: ({ version }) => [policyDraftKey(version)],
  apply(state, { version, figures }, now) {
    const draft = state.get(policyDraft, version)
    if (draft === undefined) return { status: 'draft_not_found' }
    state.put(policyDraft, { ...draft, backtest: figures, backtestedAt: now })
    return { status: 'done' }
  },
}
