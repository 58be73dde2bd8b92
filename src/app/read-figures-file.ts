import { readFile } from 'node:fs/promises'
import { readPublishedFigures, type FigureFault, type Per10k } from '#fund'
import type { LocalDate } from '#kernel'

const sentences: Record<FigureFault['code'], string> = {
  columns_wrong: 'a row is date,per10k',
  date_malformed: 'not a day, YYYY-MM-DD',
  date_repeated: 'this day came before',
  per10k_malformed: 'not a decimal number such as 1.5787',
  per10k_too_precise: 'more than four decimals',
  per10k_out_of_range: 'not between -10000 and 10000 yuan',
  file_empty: 'no figures',
  file_too_large: 'larger than 4 MB',
}

/** The figures of a CSV file; null after every fault has been told by line and field. */
export async function readFiguresFile(
  file: string,
  complain: (line: string) => void,
): Promise<ReadonlyMap<LocalDate, Per10k> | null> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch {
    complain(`${file}: cannot be read`)
    return null
  }
  const read = readPublishedFigures(text)
  if (read.ok) return read.value
  for (const { line, field, code, text: found } of read.error) {
    const shown = found === '' ? '' : ` (${JSON.stringify(found)})`
    complain(`${file}:${line}: ${field}: ${code}: ${sentences[code]}${shown}`)
  }
  return null
}
