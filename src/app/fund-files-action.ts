import type { FundFilesOptions } from '#cli'
import type { ExchangedFiles, TakenFile } from '#flows'
import { readFundFileName } from '#partners'
import type { Config } from './config.ts'
import { readFundFolder, writeFundFolder, type LargeFile } from './fund-files-folder.ts'
import { withCoffer } from './with-coffer.ts'

const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

/**
 * `coffer fund files`: one round with the transfer agent. Exit 1 when a file is bad, contradicts
 * our books, differs from them or from what had its name before, or could not be written.
 */
export async function fundFilesAction(config: Config, options: FundFilesOptions): Promise<number> {
  const { dir, json } = options
  return withCoffer(config, say, async ({ coffer, simulated }) => {
    const usual = config.fundFiles && !simulated ? 'alone' : 'beside'
    const mode = options.mode ?? usual
    const { files, tooLarge } = readFundFolder(dir, config.fundFileBytes)
    const exchanged = await coffer.flows.exchangeFundFiles({ files, mode })
    if (!exchanged.ok) {
      say(`not possible now: ${exchanged.error.code}`)
      return 1
    }
    const { written } = exchanged.value
    for (const file of written) if (!file.differs) writeFundFolder(dir, file)
    const unread = tooLarge
      .filter(({ name }) => readFundFileName(name)?.type !== '03')
      .map((file) => refused(file, config.fundFileBytes))
    const all = { ...exchanged.value, taken: [...exchanged.value.taken, ...unread] }
    for (const line of lines(all)) say(line)
    const ok = isGood(all)
    if (json) process.stdout.write(`${JSON.stringify({ mode, ok, ...shown(all) })}\n`)
    return ok ? 0 : 1
  })
}

/** As a bad file is shown. Nothing of it is kept, so it may be read under a higher limit. */
function refused({ name, size }: LargeFile, most: number): TakenFile {
  const detail = `${size} bytes, more than ${most}: see COFFER_FUND_FILE_MB`
  const faults = [{ line: 0, field: null, code: 'file_too_large' as const, detail }]
  const unknown = { type: null, date: null, sha256: '' }
  return { name, ...unknown, outcome: 'bad', changed: false, faults, breaks: [] }
}

function isGood({ written, taken }: ExchangedFiles): boolean {
  const fine = ({ outcome, breaks }: TakenFile) =>
    (outcome === 'applied' || outcome === 'waits') && breaks.length === 0
  return written.every(({ differs }) => !differs) && taken.every(fine)
}

/** What was done, and every problem by line and field. */
function lines({ written, taken, advanced }: ExchangedFiles): string[] {
  const waiting = advanced?.waiting
  return [
    ...written.map(({ name, differs }) =>
      differs ? `${name}  NOT WRITTEN: sent before with other bytes` : `${name}  written`,
    ),
    ...taken.flatMap(({ name, outcome, changed, faults, breaks }) => [
      `${name}  ${outcome}${outcome === 'applied' && !changed ? ' before' : ''}`,
      ...faults.map(
        ({ line, field, code, detail }) => `  line ${line} ${field ?? ''} ${code}: ${detail}`,
      ),
      ...breaks.map(
        ({ line, field, about, ours, theirs }) =>
          `  line ${line} ${field} ${about}: ours ${ours}, theirs ${theirs}`,
      ),
    ]),
    ...(advanced?.done ?? []).map(({ kind, date }) => `${kind} of ${date}  done`),
    ...(waiting ? [`${waiting.event.kind} of ${waiting.event.date}  waits for a file`] : []),
  ]
}

function shown({ written, taken, advanced }: ExchangedFiles) {
  return {
    written: written.map(({ name, sha256, differs }) => ({ name, sha256, differs })),
    files: taken,
    done: advanced?.done ?? [],
    waiting: advanced?.waiting ?? null,
  }
}
