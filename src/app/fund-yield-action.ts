import type { FundYieldOptions } from '#cli'
import { formatMilliPercent, formatPer10k, publishedYields } from '#fund'
import { readFiguresFile } from './read-figures-file.ts'

const complain = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

/** `coffer fund yield`: the 7-day yield of each day that has seven. Exit 2: a row is wrong. */
export async function fundYieldAction({ csv, json }: FundYieldOptions): Promise<number> {
  const figures = await readFiguresFile(csv, complain)
  if (figures === null) return 2
  const days = publishedYields(figures).map(({ date, per10k, yield7d }) => ({
    date,
    per10k: formatPer10k(per10k),
    yield7d: formatMilliPercent(yield7d),
  }))
  if (json) process.stdout.write(`${JSON.stringify({ days })}\n`)
  else process.stdout.write(days.map((day) => `${Object.values(day).join('  ')}\n`).join(''))
  return 0
}
