import { dryRunPolicy, type FlowProblem } from '#flows'
import { addDays, ok, startOfLocalDay, type Result } from '#kernel'
import type { ChangedDecision } from '#risk'
import type { Handlers } from '../handler.ts'
import type { HandlerOptions } from '../handlers.ts'
import { backtestOf, policiesOf, whyNotOf } from '../presenters/policies.ts'

type Names =
  | 'listPolicies'
  | 'getPolicy'
  | 'explainWhyNot'
  | 'savePolicy'
  | 'dryRunPolicy'
  | 'shadowPolicy'
  | 'backtestPolicy'
  | 'publishPolicy'
  | 'rollBackPolicy'

/** As many changed decisions as a screen can show; the command line writes them all. */
const shownChanges = 100

export function policyHandlers({ flows }: HandlerOptions): Handlers<Names> {
  const show = async () => ok(policiesOf(await flows.readPolicies()))
  const shown = async (done: Result<null, FlowProblem>) => (done.ok ? show() : done)
  return {
    listPolicies: show,
    getPolicy({ params: { version } }) {
      return flows.readPolicyDocument(version)
    },
    async explainWhyNot({ params }) {
      const found = await flows.explainWhyNot(params.id)
      return found.ok ? ok(whyNotOf(found.value)) : found
    },
    savePolicy({ operator, key: requestId, body: { document } }) {
      return flows.savePolicy(operator, { requestId, document })
    },
    async dryRunPolicy({ body: { document, facts } }) {
      const tried = dryRunPolicy({ document, facts })
      if (!tried.ok) return tried
      const { outcome, score, level, policyVersion: version } = tried.value
      const reasons = tried.value.reasons.map(({ code, observed, threshold, analystSentence }) => {
        return { code, sentence: analystSentence, observed, threshold }
      })
      return ok({ outcome, score, level, reasons, version })
    },
    async shadowPolicy({ operator, key: requestId, params: { version }, body: { on } }) {
      return shown(await flows.shadowPolicy(operator, { requestId, version, on }))
    },
    async backtestPolicy({ operator, key: requestId, params: { version }, body: { from, to } }) {
      const changes: ChangedDecision[] = []
      const found = await flows.backtestDraft(operator, {
        requestId,
        version,
        ...(from !== undefined && { from: startOfLocalDay(from) }),
        ...(to !== undefined && { to: startOfLocalDay(addDays(to, 1)) }),
        onChanged(decision) {
          if (changes.length < shownChanges) changes.push(decision)
        },
      })
      return found.ok ? ok(backtestOf(found.value, changes)) : found
    },
    async publishPolicy({ operator, key: requestId, params: { version } }) {
      return shown(await flows.approvePolicy(operator, { requestId, version }))
    },
    async rollBackPolicy({ operator, key: requestId, params: { version }, body: { from } }) {
      return shown(await flows.rollBackPolicy(operator, { requestId, version, from }))
    },
  }
}
