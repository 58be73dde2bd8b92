import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Result } from '#kernel'
import { answer, misbehave, readBody, refuse } from './http-reply.ts'
import { isPassing } from './passing-failure.ts'

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/**
 * A port's function as a route: body by schema, answer as JSON. A passing failure is shown as it
 * happens on the wire, a refusal as 422 with its code.
 */
export function route<S extends z.ZodType, T>(
  schema: S,
  ask: (body: z.output<S>) => Promise<Result<T, string>>,
  write: (value: T) => unknown,
): Handler {
  return async (request, reply) => {
    const body = readBody({ request, reply }, schema)
    if (body === undefined) return reply
    const result = await ask(body)
    if (result.ok) return answer(reply, write(result.value))
    const { error } = result
    return isPassing(error) ? misbehave(reply, error) : refuse(reply, { status: 422, code: error })
  }
}

/** For answers that are JSON already, but for their amounts. */
export function asIs(value: unknown): unknown {
  return value
}
