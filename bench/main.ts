import { benchCommit } from './commit.ts'
import { benchHandbook } from './handbook.ts'
import { benchIncome } from './income.ts'
import { benchLedger } from './ledger.ts'

interface Options {
  readonly json: boolean
  readonly holders?: number
  readonly data?: string
}

const benches: Record<string, (options: Options) => Promise<number>> = {
  commit: benchCommit,
  handbook: benchHandbook,
  income: benchIncome,
  ledger: benchLedger,
}

/** Runs one benchmark by name; answers the exit code: 0 ok, 1 a floor was missed, 2 bad usage. */
export async function main(argv: readonly string[]): Promise<number> {
  const [name, ...words] = argv
  const bench = benches[name ?? '']
  const options = readOptions(words)
  if (bench === undefined || options === null || isForOther(options, name)) {
    const names = Object.keys(benches).join('|')
    process.stderr.write(`usage: npm run bench -- ${names} [--json]; `)
    process.stderr.write('income: [--holders N]; handbook: --data DIR\n')
    return 2
  }
  return bench(options)
}

/** An option that only another bench takes. */
function isForOther({ holders, data }: Options, name: string | undefined): boolean {
  return (holders !== undefined && name !== 'income') || (data !== undefined && name !== 'handbook')
}

function readOptions(words: readonly string[]): Options | null {
  let options: Options = { json: false }
  for (let index = 0; index < words.length; index += 1) {
    const next = words[index + 1] ?? ''
    if (words[index] === '--json') options = { ...options, json: true }
    else if (words[index] === '--holders' && /^[1-9]\d{5,7}$/.test(next)) {
      options = { ...options, holders: Number(next) }
      index += 1
    } else if (words[index] === '--data' && next !== '') {
      options = { ...options, data: next }
      index += 1
    } else return null
  }
  return options
}
