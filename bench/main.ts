import { benchCommit } from './commit.ts'

const benches: Record<string, (options: { json: boolean }) => Promise<number>> = {
  commit: benchCommit,
}

/** Runs one benchmark by name; answers the exit code: 0 ok, 1 a floor was missed, 2 bad usage. */
export async function main(argv: readonly string[]): Promise<number> {
  const names = argv.filter((word) => !word.startsWith('-'))
  const unknown = argv.filter((word) => word.startsWith('-') && word !== '--json')
  const bench = names.length === 1 ? benches[names[0] as string] : undefined
  if (bench === undefined || unknown.length > 0) {
    process.stderr.write(`usage: npm run bench -- ${Object.keys(benches).join('|')} [--json]\n`)
    return 2
  }
  return bench({ json: argv.includes('--json') })
}
