import { benchBacktest } from './backtest.ts'
import { benchCommit } from './commit.ts'
import { benchIncome } from './income.ts'
import { benchLedger } from './ledger.ts'

interface Options {
  readonly json: boolean
  readonly holders?: number
}

const benches: Record<string, (options: Options) => Promise<number>> = {
  backtest: benchBacktest,
  commit: benchCommit,
  income: benchIncome,
  ledger: benchLedger,
}

/** Runs one benchmark by name; answers the exit code: 0 ok, 1 a floor was missed, 2 bad usage. */
export async function main(argv: readonly string[]): Promise<number> {
  const [name, ...words] = argv
  const bench = benches[name ?? '']
  const options = readOptions(words)
  if (bench === undefined || options === null || (options.holders && name !== 'income')) {
    const names = Object.keys(benches).join('|')
    process.stderr.write(`usage: npm run bench -- ${names} [--json]; income: [--holders N]\n`)
    return 2
  }
  return bench(options)
}

function readOptions(words: readonly string[]): Options | null {
  let options: Options = { json: false }
  for (let index = 0; index < words.length; index += 1) {
    const next = words[index + 1] ?? ''
    if (words[index] === '--json') options = { ...options, json: true }
    else if (words[index] === '--holders' && /^[1-9]\d{5,7}$/.test(next)) {
      options = { ...options, holders: Number(next) }
      index += 1
    } else return null
  }
  return options
}
