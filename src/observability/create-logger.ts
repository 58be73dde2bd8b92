import { pino } from 'pino'

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug'

/** One JSON line per call: what it is about, then a sentence. */
export interface Logger {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** Never written, wherever in the first three levels they appear. */
const secretNames = [
  'password',
  'newPassword',
  'new_password',
  'passwordHash',
  'code',
  'token',
  'csrf_token',
  'csrfToken',
  'phone',
  'idNumber',
  'id_number',
  'accountNumber',
  'account_number',
  'authorization',
  'cookie',
]
const redacted = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])

/**
 * Logs on a stream of the caller's. Errors under `error` or `err` are written with type, message
 * and stack; the values of `secretNames` are replaced.
 */
export function createLogger(options: { level: LogLevel; write: (line: string) => void }): Logger {
  const { level, write } = options
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: redacted, censor: '…' },
      serializers: { error: pino.stdSerializers.err, err: pino.stdSerializers.err },
    },
    { write },
  )
  return logger
}
