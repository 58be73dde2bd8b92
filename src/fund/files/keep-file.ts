import { keyOf, type Command, type View } from '#commit'
import { required } from '#kernel'
import { fundStatus, statusIn, statusKey } from '../status-record.ts'
import {
  fileBreakLog,
  fundFile,
  fundFileKey,
  quotation,
  type FileBreak,
  type FundFileRecord,
  type QuotationRecord,
} from './file-record.ts'

export type SeenFile = Pick<FundFileRecord, 'id' | 'type' | 'date' | 'sha256' | 'size'> & {
  readonly direction: 'sent' | 'received'
}

/** `same` bytes again change nothing; others under the same name are refused. */
export type KeptFile =
  | { readonly outcome: 'new' | 'same'; readonly state: FundFileRecord['state'] }
  | { readonly outcome: 'file_differs'; readonly sha256: string }

/** Notes that a file was written or has come. Errors: file_differs. */
export const keepFile: Command<SeenFile, KeptFile> = {
  name: 'fund.keep_file',
  reads: ({ id }) => [fundFileKey(id)],
  apply(state, { direction, ...file }, now) {
    const present = state.get(fundFile, file.id)
    if (present === undefined) {
      const nothing = { faults: 0, breaks: 0, parsedAt: null, appliedAt: null }
      state.put(fundFile, { ...file, ...nothing, state: direction, seenAt: now })
      return { outcome: 'new', state: direction }
    }
    const { sha256 } = present
    if (sha256 !== file.sha256) return { outcome: 'file_differs', sha256 }
    return { outcome: 'same', state: present.state }
  },
}

/** Notes how the reading of a received file went: without faults it is `parsed`. */
export const noteParsed: Command<{ id: string; faults: number }, FundFileRecord> = {
  name: 'fund.note_parsed',
  reads: ({ id }) => [fundFileKey(id)],
  apply(state, { id, faults }, now) {
    const present = required(state.get(fundFile, id), `file ${id}`)
    if (present.state !== 'received') return present
    const after: FundFileRecord =
      faults > 0 ? { ...present, faults } : { ...present, state: 'parsed', parsedAt: now }
    state.put(fundFile, after)
    return after
  },
}

/** More of them are counted, not kept. */
export const keptBreaks = 1_000

interface AppliedFile {
  readonly id: string
  readonly breaks: readonly FileBreak[]
  /** Of a file 07. */
  readonly quotation: QuotationRecord | null
}

/**
 * Notes that our books agree with a file, or where they do not. Once per file. The limits that a
 * file 07 announces are in force with it.
 */
export const noteApplied: Command<AppliedFile, FundFileRecord> = {
  name: 'fund.note_applied',
  reads: ({ id, quotation: day }) => [
    fundFileKey(id),
    ...(day === null ? [] : [keyOf(quotation, day.id), statusKey()]),
  ],
  apply(state, { id, breaks, quotation: day }, now) {
    const present = required(state.get(fundFile, id), `file ${id}`)
    if (present.state !== 'parsed') return present
    for (const each of breaks.slice(0, keptBreaks)) {
      state.append(fileBreakLog, { ...each, file: id, at: now })
    }
    if (day !== null) {
      state.put(quotation, day)
      announceLimits(state, day)
    }
    const after: FundFileRecord = {
      ...present,
      state: 'applied',
      breaks: breaks.length,
      appliedAt: now,
    }
    state.put(fundFile, after)
    return after
  },
}

/** From now on, until a file of a later day says otherwise: one that comes late changes nothing. */
function announceLimits(state: View, day: QuotationRecord): void {
  const status = statusIn(state)
  if (day.id < status.announcedOn) return
  const limit = (fen: bigint) => (fen > 0n ? fen : null)
  state.put(fundStatus, {
    ...status,
    announcedOn: day.id,
    announcedPersonBuyFen: limit(day.personDailyBuyFen),
    announcedPersonRedeemFen: limit(day.personDailyRedeemFen),
    announcedFundBuyFen: limit(day.fundDailyBuyFen),
  })
}
