import helmet from '@fastify/helmet'
import type { FastifyInstance, FastifyReply } from 'fastify'

/** Everything but a page: nothing of it may run, frame or load anything. */
const dataCsp = {
  useDefaults: false,
  directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
}

/** Headers for every answer. HSTS only where the pages are served over HTTPS. */
export async function registerSecurityHeaders(
  app: FastifyInstance,
  options: { https: boolean },
): Promise<void> {
  await app.register(helmet, {
    global: true,
    contentSecurityPolicy: dataCsp,
    crossOriginEmbedderPolicy: false,
    frameguard: { action: 'deny' },
    hsts: options.https ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'no-referrer' },
    xPoweredBy: false,
  })
}

/** A page may run and style only what is ours or carries this answer's nonce. */
export function pageCsp(nonce: string): string {
  const own = `'self' 'nonce-${nonce}'`
  return [
    "default-src 'none'",
    `script-src ${own}`,
    `style-src ${own}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ')
}

export function setPageCsp(reply: FastifyReply, nonce: string): void {
  reply.header('content-security-policy', pageCsp(nonce))
}
