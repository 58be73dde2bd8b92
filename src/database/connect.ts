import { connect, type Socket } from 'node:net'
import postgres from 'postgres'
import { arrayTypes } from './array-types.ts'
import { createPool, type Sql } from './pool.ts'

/** What becomes of a pool's connections. */
export interface ConnectionEvents {
  /** Hears of every connection of the pool that ends, also on purpose. */
  readonly onClose?: () => void
  /** Gets the socket of every connection of the pool, when we connect to one server. */
  readonly onSocket?: (socket: Socket) => void
}

export interface ConnectOptions extends ConnectionEvents {
  /** Connections at most; default 8 (more than 16 are slower on two cores). */
  readonly max?: number
  /** Shown in pg_stat_activity; default `coffer`. */
  readonly applicationName?: string
}

/** Where and as whom: a socket's path or a URL. */
export interface Endpoint {
  readonly path?: string
  readonly url?: string
  readonly database?: string
  readonly user?: string
  readonly password?: string
  /** Become this role while connecting (servers on which our roles cannot sign in). */
  readonly becomes?: string
}

const instantOids = { to: 1184, from: [1184] }
const dateOids = { to: 1082, from: [1082] }

/**
 * Opens a pool; connections are made when first used. On these clients only, int8 is read as
 * bigint, timestamptz as epoch milliseconds (`Instant`) and date as 'YYYY-MM-DD' (`LocalDate`);
 * parameters go the same way.
 */
export function connectTo(endpoint: Endpoint, options: ConnectOptions = {}): Sql {
  const { url, path, database, user, password, becomes } = endpoint
  const settings = {
    ...(path !== undefined && { path }),
    ...(database !== undefined && { database }),
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    max: options.max ?? 8,
    max_lifetime: null,
    connect_timeout: 10,
    // A client that lost a connection is left behind (pool.ts): it has no reason to wait.
    backoff: () => 0,
    ...(options.onSocket !== undefined &&
      isOneServer(url) && {
        socket: (to: SocketTarget) => openSocket(to, options.onSocket),
      }),
    // See array-types.ts.
    fetch_types: false,
    onnotice: () => undefined,
    connection: {
      application_name: options.applicationName ?? 'coffer',
      // SQL names its schema; nothing is found by accident.
      search_path: 'pg_catalog',
      timezone: 'UTC',
      ...(becomes !== undefined && { role: becomes }),
    },
    types: {
      ...arrayTypes,
      bigint: postgres.BigInt,
      instant: {
        ...instantOids,
        serialize: (value: number) => new Date(value).toISOString(),
        parse: (text: string) => Date.parse(text),
      },
      localDate: {
        ...dateOids,
        serialize: (value: string) => value,
        parse: (text: string) => text,
      },
    },
  }
  return createPool((onclose) => {
    const all = {
      ...settings,
      onclose() {
        options.onClose?.()
        onclose()
      },
    }
    return url === undefined ? postgres(all) : postgres(url, all)
  })
}

/** Of several servers in one URL the library tries one after the other itself. */
function isOneServer(url: string | undefined): boolean {
  return url === undefined || !url.includes(',')
}

/** What the library knows of the server when it asks for a socket. */
interface SocketTarget {
  readonly path?: string | false
  readonly host: readonly string[]
  readonly port: readonly number[]
}

function openSocket(
  { path, host, port }: SocketTarget,
  tell: ConnectionEvents['onSocket'],
): Promise<Socket> {
  const socket =
    typeof path === 'string' && path !== ''
      ? connect(path)
      : connect({ host: host[0] ?? 'localhost', port: port[0] ?? 5_432 })
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      tell?.(socket)
      resolve(socket)
    })
  })
}
