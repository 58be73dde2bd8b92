import { fundFiles } from '#fund'
import { ok, sha256Hex, type Result } from '#kernel'
import { readFundFile, readFundFileName, usualParties, type FileFault } from '#partners'
import type { FlowContext, Problem } from './context.ts'
import type { NamedFile, ParsedFile, TakenFile } from './fund-file-report.ts'
import { submit } from './submit.ts'

/** The files that are good and not applied yet; what has been said of all others. */
export interface ReceivedFiles {
  readonly parsed: readonly ParsedFile[]
  readonly taken: readonly TakenFile[]
}

/**
 * Takes files in and reads them; applies nothing. Same bytes again change nothing, other bytes
 * under a name that was there are refused, a bad file is kept with its faults.
 * Errors: those of `submit`.
 */
export async function receiveFundFiles(
  context: Pick<FlowContext, 'lane' | 'ids' | 'sql'>,
  files: readonly NamedFile[],
): Promise<Result<ReceivedFiles, Problem>> {
  const parsed: ParsedFile[] = []
  const taken: TakenFile[] = []
  for (const file of files.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const received = await receive(file)
    if (!received.ok) return received
    if ('outcome' in received.value) taken.push(received.value)
    else parsed.push(received.value)
  }
  return ok({ parsed, taken })

  async function receive({
    name,
    bytes,
  }: NamedFile): Promise<Result<ParsedFile | TakenFile, Problem>> {
    const named = readFundFileName(name)
    const sha256 = sha256Hex(bytes)
    const base = { name, sha256, type: named?.type ?? null, date: named?.date ?? null }
    const nothing = { ...base, changed: false, faults: [], breaks: [] }
    if (named === null || named.type === '03' || named.recipient !== usualParties.distributor) {
      return ok({ ...nothing, outcome: 'not_ours' })
    }
    const { type, date } = named
    const seen = { id: name, type, date, sha256, size: bytes.length }
    const kept = await once(fundFiles.keepFile, { ...seen, direction: 'received' as const })
    if (!kept.ok) return kept
    if (kept.value.outcome === 'file_differs') return ok({ ...nothing, outcome: 'file_differs' })
    if (kept.value.state === 'applied') {
      // What was found then is said again, as long as the file lies there.
      const breaks = await fundFiles.fileBreaks(context.sql, name)
      return ok({ ...nothing, outcome: 'applied', breaks })
    }
    const read = readFundFile(bytes)
    const faults = read.ok ? nameFaults(name, read.value.header) : read.error
    const noted = await once(fundFiles.noteParsed, { id: name, faults: faults.length })
    if (!noted.ok) return noted
    if (read.ok && faults.length === 0) return ok({ name, sha256, file: read.value })
    const changed = kept.value.outcome === 'new'
    return ok({ ...nothing, outcome: 'bad', changed, faults })
  }

  function once<In, Out>(command: Parameters<typeof submit<In, Out>>[1], input: In) {
    // Each time a request of its own: what is answered is the present state.
    return submit(context, command, { owner: 'fund', id: context.ids.next('req'), input })
  }
}

/** The header must say what the name says, line by line. */
function nameFaults(
  name: string,
  header: { creator: string; recipient: string; date: string; sequence: number; type: string },
): FileFault[] {
  const named = readFundFileName(name)
  const fields = ['creator', 'recipient', 'date', 'sequence', 'type'] as const
  return fields.flatMap((field, index) =>
    named?.[field] === header[field]
      ? []
      : [{ line: 3 + index, field, code: 'name_differs' as const, detail: String(header[field]) }],
  )
}
