import { createHash } from 'node:crypto'
import { z } from 'zod'
import { DatabaseFault } from '../database-fault.ts'
import { quoteName } from '../roles-on-server.ts'

/** The file that makes a folder a backup; it is written last. */
export const manifestFile = 'manifest.json'
/** One line a file, as `sha256sum -c` reads it. */
export const sumsFile = 'SHA256SUMS'
export const formatVersion = 1

const digest = z.string().regex(/^[0-9a-f]{64}$/)
/** Goes into SQL and into file names: nothing that needs quoting in either. */
const qualifiedName = z.string().regex(/^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$/)
const count = z.int().nonnegative()

const table = z.strictObject({
  name: qualifiedName,
  columns: z.array(z.strictObject({ name: z.string(), type: z.string() })),
  rows: count,
  /** Of the text PostgreSQL wrote, before compression. */
  bytes: count,
  contentSha256: digest,
  /** Of the compressed file. */
  fileBytes: count,
  sha256: digest,
})

const manifest = z.strictObject({
  format: z.literal('coffer backup'),
  version: z.literal(formatVersion),
  program: z.string(),
  /** When the snapshot was taken, RFC 3339. */
  at: z.string(),
  postgresql: z.string(),
  migrations: z.array(z.strictObject({ number: z.int(), name: z.string(), digest })),
  tables: z.array(table),
  sequences: z.array(
    z.strictObject({
      name: qualifiedName,
      lastValue: z.string().regex(/^-?\d+$/),
      isCalled: z.boolean(),
    }),
  ),
  /** What whoever had it made wants to compare after a restore. */
  note: z.unknown(),
})

export type Manifest = z.infer<typeof manifest>
export type BackedUpTable = Manifest['tables'][number]

export function fileOf({ name }: { readonly name: string }): string {
  return `${name}.copy.gz`
}

/** As SQL names it: `fund."order"` is quoted. */
export function sqlNameOf({ name }: { readonly name: string }): string {
  return name.split('.').map(quoteName).join('.')
}

export function manifestText(content: Manifest): string {
  return `${JSON.stringify(content, null, 1)}\n`
}

/** Throws DatabaseFault naming the first thing that is not as it must be. */
export function parseManifest(text: string): Manifest {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new DatabaseFault(`${manifestFile} is damaged: ${(error as Error).message}`)
  }
  const { version } = (json ?? {}) as { version?: unknown }
  if (typeof version === 'number' && version > formatVersion) {
    throw new DatabaseFault(
      `the backup has format ${version}, this program reads ${formatVersion}: use the newer one`,
    )
  }
  const parsed = manifest.safeParse(json)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new DatabaseFault(
    `${manifestFile} is not a backup's: ${issue?.path.join('.')}: ${issue?.message}`,
  )
}

export function sumsText(content: Manifest): string {
  const own = createHash('sha256').update(manifestText(content)).digest('hex')
  const lines = content.tables.map((each) => `${each.sha256}  ${fileOf(each)}\n`)
  return `${lines.join('')}${own}  ${manifestFile}\n`
}
