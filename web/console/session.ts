import { createApi } from '../shared/api.ts'
import type { OperatorMe } from '#contract'

export const api = createApi()

/** Takes an operator's session into use: its CSRF token goes with every change from now on. */
export function enter(me: OperatorMe): OperatorMe {
  api.setCsrf(me.csrf_token)
  return me
}

export function leave(): void {
  api.setCsrf(undefined)
}
