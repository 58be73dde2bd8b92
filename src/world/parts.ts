import type { FlowContext, Flows } from '#flows'
import type { Simulators } from '#partners'

/** What the world is given: the product's own use cases, and the phones and banks outside it. */
export interface WorldParts {
  readonly flows: Flows
  readonly context: Pick<FlowContext, 'lane' | 'sql' | 'ids' | 'now' | 'realNow' | 'log'>
  readonly simulators: Pick<Simulators, 'bank' | 'carrier'>
}

/** How often something was refused, by code; `broke` counts what threw. */
export type Tally = Map<string, number>

export function count(tally: Tally, code: string): void {
  tally.set(code, (tally.get(code) ?? 0) + 1)
}
