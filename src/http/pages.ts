import fastifyStatic from '@fastify/static'
import { cspNonceMark } from '#contract'
import type { Random } from '#kernel'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { setPageCsp } from './security-headers.ts'

/** The built pages, read once when the server starts. */
export interface Pages {
  /** Absolute path of the folder whose files carry a hash in their name. */
  readonly assetsFolder: string
  /** `index.html` of each app, with the nonce mark in it. */
  readonly consumer: string
  readonly console: string
}

/** Answers with a page and true, or leaves the request alone. */
export type SendPage = (request: FastifyRequest, reply: FastifyReply) => boolean

/**
 * Serves the two apps: `/` for customers, `/console/` for operators, and for every address below
 * them that is not a file or an endpoint (the apps route by themselves). Their files never change
 * under one name, so browsers keep them for ever; the pages themselves are never kept.
 */
export async function registerPages(
  app: FastifyInstance,
  options: { pages: Pages | null; random: Random },
): Promise<SendPage> {
  const { pages, random } = options
  if (pages === null) return () => false
  await app.register(fastifyStatic, {
    root: pages.assetsFolder,
    prefix: '/assets/',
    index: false,
    immutable: true,
    maxAge: '365d',
    decorateReply: false,
  })
  return (request, reply) => {
    const [path = '/'] = request.url.split('?')
    if (request.method !== 'GET' && request.method !== 'HEAD') return false
    if (/^\/(v1|assets)(\/|$)/.test(path) || /\.\w{1,8}$/.test(path)) return false
    if (!(request.headers.accept ?? '*/*').match(/text\/html|\*\/\*/)) return false
    const nonce = Buffer.from(random.bytes(18)).toString('base64')
    const html = /^\/console(\/|$)/.test(path) ? pages.console : pages.consumer
    setPageCsp(reply, nonce)
    reply.header('cache-control', 'no-store').type('text/html; charset=utf-8')
    reply.code(200).send(html.replaceAll(cspNonceMark, nonce))
    return true
  }
}
