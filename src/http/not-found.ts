import { routes, type Route } from '#contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { SendPage } from './pages.ts'
import { sendProblem } from './problem-reply.ts'

const places = Object.values<Route>(routes).map(({ method, path }) => ({
  method,
  pattern: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+')}$`),
}))

/** An address that no route serves: a page, another method's address, or nothing. */
export function createNotFound(sendPage: SendPage) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const [path = '/'] = request.url.split('?')
    const methods = places.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
    if (methods.length > 0 && !methods.includes(request.method as 'GET' | 'POST')) {
      const allow = [...new Set(methods)].join(', ')
      return sendProblem(reply, { code: 'method_not_allowed' }, { allow })
    }
    if (sendPage(request, reply)) return reply
    return sendProblem(reply, { code: 'not_found' })
  }
}
