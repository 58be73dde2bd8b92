import PdfDocument from 'pdfkit'
import type { IncomeStatement } from '#flows'
import { toRfc3339 } from '#kernel'
import { formatAmount } from '#money'

/** Left edges of the columns, points. */
const columns = [56, 220, 380] as const
const lineHeight = 15
/** Where the last line of a page may begin, points of an A4 page. */
const lastLine = 770

/** A month on paper. The same statement makes the same bytes: no time but its own is in it. */
export function incomeStatementPdf(statement: IncomeStatement): Promise<Uint8Array<ArrayBuffer>> {
  const CreationDate = new Date(statement.asOf)
  const title = `Coffer statement ${statement.month}`
  const info = { Title: title, Author: 'Coffer', CreationDate }
  const document = new PdfDocument({ size: 'A4', compress: false, info })
  const pieces: Buffer[] = []
  const done = new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
    document.on('data', (piece: Buffer) => pieces.push(piece))
    document.on('end', () => resolve(Buffer.concat(pieces)))
    document.on('error', reject)
  })
  document.font('Helvetica').fontSize(16).text(title, columns[0], 56)
  document.fontSize(10)
  let y = 90
  for (const cells of rowsOf(statement)) {
    if (y > lastLine) {
      document.addPage()
      y = 56
    }
    for (const [at, cell] of cells.entries()) {
      document.text(cell, columns[at], y, { lineBreak: false })
    }
    y += lineHeight
  }
  document.end()
  return done
}

function rowsOf(statement: IncomeStatement): string[][] {
  const { month, holder, opening, closing, asOf, days } = statement
  return [
    ...(isShowable(holder.name) ? [['Account holder', holder.name]] : []),
    ['Customer', holder.customerId],
    ['As of', toRfc3339(asOf)],
    ['Opening units', formatAmount(opening)],
    ['Closing units', formatAmount(closing)],
    [],
    ['Date', 'Income (CNY)', 'Units after'],
    ...days.map(({ date, amount, balance }) => {
      return [date, formatAmount(amount), balance === null ? '' : formatAmount(balance)]
    }),
    [],
    [`Month ${month}`, formatAmount(statement.monthTotal)],
    [`Year ${month.slice(0, 4)} to date`, formatAmount(statement.yearToDate)],
  ]
}

/** The standard fonts know Latin-1; anything else would come out as wrong signs. */
function isShowable(text: string): boolean {
  return /^[\u0020-\u007e\u00a1-\u00ff]+$/u.test(text)
}
