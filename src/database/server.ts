import type { Endpoint } from './connect.ts'
import type { Role } from './role.ts'

/** A PostgreSQL server that we may use: our own embedded one, or a given one. */
export interface Server {
  readonly kind: 'embedded' | 'given'
  /** Its main database. */
  readonly databaseName: string
  /** How to reach a database as a role; `admin` may create databases. */
  endpoint(role: Role | 'admin', database: string): Endpoint
  /** Resolves once it takes connections; starts the embedded one again if it died. */
  ensureRunning(): Promise<void>
  /** Signs off; the last one out stops the embedded server. */
  close(): Promise<void>
}
