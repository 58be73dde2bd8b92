import { benchBacktest } from './backtest.ts'
import { benchCommit } from './commit.ts'
import { benchGuarded } from './guarded.ts'
import { benchHandbook } from './handbook.ts'
import { benchIncome } from './income.ts'
import { benchLedger } from './ledger.ts'
import { benchSizes } from './sizes.ts'
import { benchVerify } from './verify.ts'

interface Options {
  readonly json: boolean
  readonly holders?: number
  readonly entries?: number
  readonly data?: string
}

const benches: Record<string, (options: Options) => Promise<number>> = {
  backtest: benchBacktest,
  commit: benchCommit,
  guarded: benchGuarded,
  handbook: benchHandbook,
  income: benchIncome,
  ledger: benchLedger,
  sizes: benchSizes,
  verify: benchVerify,
}

/** The option that is a bench's own: how many, or where its data lies. */
type Own = 'holders' | 'entries' | 'data'
const ownOf: Record<string, Own> = { income: 'holders', verify: 'entries', handbook: 'data' }

/** Runs one benchmark by name; answers the exit code: 0 ok, 1 a floor was missed, 2 bad usage. */
export async function main(argv: readonly string[]): Promise<number> {
  const [name, ...words] = argv
  const bench = benches[name ?? '']
  const options = readOptions(words, ownOf[name ?? ''])
  if (bench === undefined || options === null) {
    const names = Object.keys(benches).join('|')
    process.stderr.write(`usage: npm run bench -- ${names} [--json]; `)
    process.stderr.write('income: [--holders N]; verify: [--entries N]; handbook: --data DIR\n')
    return 2
  }
  return bench(options)
}

function readOptions(words: readonly string[], own: Own | undefined): Options | null {
  let options: Options = { json: false }
  for (let index = 0; index < words.length; index += 1) {
    const next = words[index + 1] ?? ''
    if (words[index] === '--json') options = { ...options, json: true }
    else if (own !== undefined && words[index] === `--${own}`) {
      if (own === 'data' ? next === '' : !/^[1-9]\d{4,7}$/.test(next)) return null
      options = { ...options, [own]: own === 'data' ? next : Number(next) }
      index += 1
    } else return null
  }
  return options
}
