import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { PassingFailure } from './passing-failure.ts'
import { toJson } from './wire.ts'

/** A silent partner holds the line for so long, then drops it. */
const silenceMs = 10_000

/** An answer as JSON. */
export function answer(reply: FastifyReply, value: unknown): FastifyReply {
  return reply.type('application/json').send(toJson(value))
}

/** A refusal in CAMARA's shape. */
export function refuse(
  reply: FastifyReply,
  { status, code }: { readonly status: number; readonly code: string },
): FastifyReply {
  const message = code.toLowerCase().replaceAll('_', ' ')
  return reply.code(status).type('application/json').send(toJson({ status, code, message }))
}

/** The body, or undefined after having refused it. */
export function readBody<T extends z.ZodType>(
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  schema: T,
): z.output<T> | undefined {
  const body = schema.safeParse(request.body)
  if (body.success) return body.data
  refuse(reply, { status: 400, code: 'INVALID_ARGUMENT' })
  return undefined
}

/** Fails in that very way. */
export function misbehave(reply: FastifyReply, failure: PassingFailure): FastifyReply {
  switch (failure) {
    case 'timeout':
      return staySilent(reply)
    case 'unavailable':
      return refuse(reply, { status: 503, code: 'UNAVAILABLE' })
    case 'rate_limited':
      reply.header('retry-after', '1')
      return refuse(reply, { status: 429, code: 'TOO_MANY_REQUESTS' })
    case 'malformed_answer':
      return reply.type('text/html').send('<html>Maintenance</html>')
  }
}

function staySilent(reply: FastifyReply): FastifyReply {
  reply.hijack()
  const { raw } = reply
  const timer = setTimeout(() => raw.destroy(), silenceMs)
  timer.unref()
  raw.once('close', () => clearTimeout(timer))
  return reply
}
