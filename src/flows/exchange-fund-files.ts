import { fundFiles } from '#fund'
import { ok, type LocalDate, type Result } from '#kernel'
import { createFundManagerOverFiles } from '#partners'
import { createAdvanceFundDay, type AdvancedFund } from './advance-fund-day.ts'
import type { FlowContext, Problem } from './context.ts'
import type { NamedFile, ParsedFile, TakenFile } from './fund-file-report.ts'
import { receiveFundFiles } from './receive-fund-files.ts'
import { checkedDay, quotationOf, reconcileFundFile } from './reconcile-fund-file.ts'
import { submit } from './submit.ts'
import {
  isOrdersFile,
  ordersWritten,
  writeDueOrders,
  type WrittenFile,
} from './write-fund-orders.ts'

export interface ExchangedFiles {
  /** To be put into the folder. */
  readonly written: readonly WrittenFile[]
  /** Every file that has come, by name. */
  readonly taken: readonly TakenFile[]
  /** What the fund's day did with them; null: it is not driven by files. */
  readonly advanced: AdvancedFund | null
}

export interface ExchangeInput {
  /** Everything that lies in the folder. */
  readonly files: readonly NamedFile[]
  /**
   * `alone`: the files are the only way to the fund manager, and the fund's day goes on with them.
   * `beside`: he is asked by calls; the files are held against what was booked.
   */
  readonly mode: 'alone' | 'beside'
}

/**
 * One round of files with the transfer agent: reads what has come, writes the orders that are due,
 * lets the fund's day go on as far as the answers allow, and reconciles. A bad file, and one that
 * contradicts our books, changes nothing. May be repeated: the same folder again changes nothing.
 * Errors: those of `submit`.
 */
export function createExchangeFundFiles(
  context: FlowContext,
): (input: ExchangeInput) => Promise<Result<ExchangedFiles, Problem>> {
  return async ({ files, mode }) => {
    const come = files.filter(({ name }) => !isOrdersFile(name))
    const received = await receiveFundFiles(context, come)
    if (!received.ok) return received
    const { parsed } = received.value
    const present = new Set(files.map(({ name }) => name))
    const written: WrittenFile[] = []
    const writeDue = async (): Promise<Result<void, Problem>> => {
      const due = await writeDueOrders(context, present)
      if (!due.ok) return due
      for (const { name } of due.value) present.add(name)
      written.push(...due.value)
      return ok(undefined)
    }
    const before = await writeDue()
    if (!before.ok) return before
    const advanced = mode === 'alone' ? await advance(parsed, writeDue) : null
    const after = await writeDue()
    if (!after.ok) return after
    const taken = await applyAll(parsed)
    if (!taken.ok) return taken
    const all = [...received.value.taken, ...taken.value]
    return ok({ written, taken: all.toSorted((a, b) => (a.name < b.name ? -1 : 1)), advanced })
  }

  /** The fund's day with the good files for answers. */
  function advance(
    parsed: readonly ParsedFile[],
    writeDue: () => Promise<Result<void, Problem>>,
  ): Promise<AdvancedFund> {
    const fundManager = createFundManagerOverFiles({
      async writeOrders(date) {
        const due = await writeDue()
        return due.ok && (await ordersWritten(context.sql, date))
      },
      async confirmation({ dealingDay, confirmationDay }) {
        const checked = await confirmationIn(context, parsed, dealingDay)
        if (checked === null || checked.confirmationDay !== confirmationDay) return null
        const { breaks: _, ...answer } = checked
        return { dealingDay, ...answer }
      },
      income: async (date) => {
        for (const file of parsed) {
          const found = quotationOf(file, date)
          if (found === null || found.breaks.length > 0) continue
          const { incomeFen: income, units } = found.quotation
          return { date, income, units }
        }
        return null
      },
    })
    const partners = { ...context.partners, fundManager }
    return createAdvanceFundDay({ ...context, partners })()
  }

  async function applyAll(parsed: readonly ParsedFile[]): Promise<Result<TakenFile[], Problem>> {
    const taken: TakenFile[] = []
    for (const file of parsed) {
      const { outcome, breaks, quotation } = await reconcileFundFile(context, file)
      const { type, date } = file.file.header
      const { name, sha256 } = file
      const changed = outcome === 'applied'
      taken.push({ name, sha256, type, date, outcome, breaks, changed, faults: [] })
      if (!changed) continue
      const input = { id: name, breaks, quotation }
      const id = context.ids.next('req')
      const noted = await submit(context, fundFiles.noteApplied, { owner: 'fund', id, input })
      if (!noted.ok) return noted
      if (breaks.length > 0) {
        context.log.warn(
          { file: name, breaks: breaks.length },
          'a fund file differs from our books',
        )
      }
    }
    return ok(taken)
  }
}

/**
 * The good answer to a dealing day, if one has come. A day without orders needs none: nothing was
 * sent, nothing will be answered.
 */
async function confirmationIn(
  context: Pick<FlowContext, 'sql'>,
  parsed: readonly ParsedFile[],
  date: LocalDate,
) {
  for (const file of parsed) {
    if (file.file.header.type !== '04') continue
    const checked = await checkedDay(context, file, date)
    if (checked !== null && checked.breaks.length === 0) return checked
  }
  const nothing = { name: '', sha256: '', file: emptyConfirmations(date) }
  const checked = await checkedDay(context, nothing, date)
  return checked !== null && checked.breaks.length === 0 ? checked : null
}

function emptyConfirmations(date: LocalDate): ParsedFile['file'] {
  const parties = { creator: '', recipient: '', sender: '', receiver: '' }
  return { header: { ...parties, date, sequence: 1, type: '04' }, rows: [] }
}
