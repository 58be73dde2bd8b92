import { benchCommit } from './commit.ts'
import { benchIncome } from './income.ts'
import { benchLedger } from './ledger.ts'
import { benchSizes } from './sizes.ts'
import { benchVerify } from './verify.ts'

interface Options {
  readonly json: boolean
  readonly holders?: number
  readonly entries?: number
}

const benches: Record<string, (options: Options) => Promise<number>> = {
  commit: benchCommit,
  income: benchIncome,
  ledger: benchLedger,
  sizes: benchSizes,
  verify: benchVerify,
}

/** The size that some benches take, as `--SIZE N`. */
const sizeOf: Record<string, 'holders' | 'entries'> = { income: 'holders', verify: 'entries' }

/** Runs one benchmark by name; answers the exit code: 0 ok, 1 a floor was missed, 2 bad usage. */
export async function main(argv: readonly string[]): Promise<number> {
  const [name, ...words] = argv
  const bench = benches[name ?? '']
  const options = readOptions(words, sizeOf[name ?? ''])
  if (bench === undefined || options === null) {
    const names = Object.keys(benches).join('|')
    process.stderr.write(
      `usage: npm run bench -- ${names} [--json]; income: [--holders N], verify: [--entries N]\n`,
    )
    return 2
  }
  return bench(options)
}

function readOptions(
  words: readonly string[],
  size: 'holders' | 'entries' | undefined,
): Options | null {
  let options: Options = { json: false }
  for (let index = 0; index < words.length; index += 1) {
    const next = words[index + 1] ?? ''
    if (words[index] === '--json') options = { ...options, json: true }
    else if (size && words[index] === `--${size}` && /^[1-9]\d{4,7}$/.test(next)) {
      options = { ...options, [size]: Number(next) }
      index += 1
    } else return null
  }
  return options
}
