import { fail, ok } from '#kernel'
import type { Handlers } from '../handler.ts'
import type { HandlerOptions } from '../handlers.ts'

type Names = 'getOpenApi' | 'livez' | 'readyz' | 'metrics'

export function platformHandlers(options: HandlerOptions): Handlers<Names> {
  const { openApi, ready, metrics } = options
  return {
    getOpenApi: async () => ok(openApi() as Record<string, unknown>),
    livez: async () => ok({ status: 'ok' }),
    readyz: async () =>
      (await ready()) ? ok({ status: 'ok' }) : fail({ code: 'database_unavailable' }),
    metrics: async () => ok(await metrics.text()),
  }
}
