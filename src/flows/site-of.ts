import { siteAt, type Site } from '#identity'
import type { FlowContext } from './context.ts'

const thisMachine = siteAt(null)

/** The site our pages are served under. */
export function siteOf(context: Pick<FlowContext, 'site'>): Site {
  return context.site ?? thisMachine
}
