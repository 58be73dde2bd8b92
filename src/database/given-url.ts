import type { Endpoint } from './connect.ts'

/**
 * Where a DATABASE_URL leads. The client does not know libpq's way to name a socket's folder,
 * `postgres://user:password@localhost/name?host=/folder`, so that is taken out of the URL here.
 */
export function endpointOfUrl(databaseUrl: string): Endpoint {
  const url = new URL(databaseUrl)
  const folder = url.searchParams.get('host')
  if (folder === null || !folder.startsWith('/')) return { url: databaseUrl }
  const port = url.searchParams.get('port') ?? (url.port === '' ? '5432' : url.port)
  return {
    path: `${folder}/.s.PGSQL.${port}`,
    database: decodeURIComponent(url.pathname.slice(1)),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  }
}
