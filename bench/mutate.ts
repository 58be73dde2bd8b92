import { spawn } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSeededRandom, sha256Hex, stopwatch } from '#kernel'
import { mutantsOf, type Mutant } from './mutants.ts'

const usage =
  'usage: npm run mutate -- FOLDER [--limit N] [--seed N] [--tests A.test.ts,B.test.ts] [--json]\n'
const say = (line: string) => process.stderr.write(`${line}\n`)

interface Wish {
  readonly folder: string
  /** At most so many, drawn at random; null: all. */
  readonly limit: number | null
  readonly seed: number
  /** null: those of the folder that need no database. */
  readonly tests: readonly string[] | null
  readonly json: boolean
}

interface Placed extends Mutant {
  readonly file: string
  /** The mutant and the text it was made from: while these stay, a kill stays a kill. */
  readonly key: string
}

type End = 'killed' | 'timed_out' | 'survived'

process.exitCode = await main(process.argv.slice(2))

/**
 * Changes one thing at a time in a scratch copy and runs the tests on it: 0 when every mutant was
 * noticed (a failing test, or none ends in time), 1 when some survived, 2 bad usage. Kills are
 * remembered in .cache/mutation, survivors are tried again. Only files without SQL are changed.
 */
async function main(argv: readonly string[]): Promise<number> {
  const wish = readWish(argv)
  const files = wish === null ? [] : filesOf(wish.folder)
  const tests = wish?.tests ?? testsOf(wish?.folder ?? '')
  if (wish === null || files.length === 0 || tests.length === 0) {
    process.stderr.write(usage)
    return 2
  }
  const chosen = choose(files.flatMap(placedIn), wish)
  const memory = join('.cache', 'mutation', `${wish.folder.replaceAll('/', '-')}.jsonl`)
  mkdirSync(join('.cache', 'mutation'), { recursive: true })
  const scratch = copyCheckout()
  try {
    const took = stopwatch()
    if ((await runTests(scratch, tests, 600_000)) !== 'survived') {
      say('the tests fail without any mutant')
      return 1
    }
    const longestMs = Math.max(10_000, took() * 4)
    const known = killedBefore(memory)
    const ends: { mutant: Placed; end: End }[] = []
    for (const mutant of chosen) {
      const end = known.get(mutant.key) ?? (await tryOut(scratch, { mutant, tests, longestMs }))
      ends.push({ mutant, end })
      appendFileSync(memory, `${JSON.stringify({ key: mutant.key, end })}\n`)
      say(`${String(ends.length).padStart(4)}/${chosen.length} ${end.padEnd(9)} ${told(mutant)}`)
    }
    return report(wish, ends)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

function report(wish: Wish, ends: readonly { mutant: Placed; end: End }[]): number {
  const survivors = ends.filter(({ end }) => end === 'survived').map(({ mutant }) => mutant)
  const noticed = ends.length - survivors.length
  say(`${wish.folder}: ${noticed} of ${ends.length} mutants noticed`)
  for (const mutant of survivors) say(`  survived ${told(mutant)}`)
  const { folder, seed, limit } = wish
  const listed = survivors.map(({ file, line, what }) => ({ file, line, what }))
  const found = { folder, seed, limit, mutants: ends.length, noticed, survivors: listed }
  if (wish.json) process.stdout.write(`${JSON.stringify(found)}\n`)
  return survivors.length === 0 ? 0 : 1
}

function told({ file, line, what }: Placed): string {
  return `${file}:${line}  ${what}`
}

function readWish(argv: readonly string[]): Wish | null {
  const [folder, ...words] = argv
  if (folder === undefined || !/^src(\/[\w-]+)+$/.test(folder) || !existsSync(folder)) return null
  let wish: Wish = { folder, limit: null, seed: 1, tests: null, json: false }
  for (let index = 0; index < words.length; index += 1) {
    const next = words[index + 1] ?? ''
    if (words[index] === '--json') {
      wish = { ...wish, json: true }
      continue
    }
    index += 1
    const isNumber = /^[1-9]\d{0,5}$/.test(next)
    if (words[index - 1] === '--limit' && isNumber) wish = { ...wish, limit: Number(next) }
    else if (words[index - 1] === '--seed' && isNumber) wish = { ...wish, seed: Number(next) }
    else if (words[index - 1] === '--tests') wish = { ...wish, tests: next.split(',') }
    else return null
  }
  return wish
}

function sourcesIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return names.filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name}`)
}

function filesOf(folder: string): string[] {
  return sourcesIn(folder)
    .filter((file) => !/\.(test|fixture)\.ts$|\/index\.ts$/.test(file))
    .filter((file) => !/\bsql`|\bSql\b/.test(readFileSync(file, 'utf8')))
    .toSorted()
}

function testsOf(folder: string): string[] {
  return sourcesIn(folder)
    .filter((file) => file.endsWith('.test.ts'))
    .filter((file) => !readFileSync(file, 'utf8').includes('#test-support'))
    .toSorted()
}

function placedIn(file: string): Placed[] {
  const text = readFileSync(file, 'utf8')
  return mutantsOf(file, text).map((mutant) => {
    const { start, end, replacement } = mutant
    const key = sha256Hex(JSON.stringify([file, text, start, end, replacement]))
    return { ...mutant, file, key }
  })
}

/** The same seed draws the same mutants, while the files stay as they are. */
function choose(mutants: readonly Placed[], { limit, seed }: Wish): Placed[] {
  if (limit === null || limit >= mutants.length) return [...mutants]
  const random = createSeededRandom(seed)
  const drawn = mutants.map((mutant, at) => ({ mutant, at, lot: random.next() }))
  const kept = drawn.toSorted((a, b) => a.lot - b.lot).slice(0, limit)
  return kept.toSorted((a, b) => a.at - b.at).map(({ mutant }) => mutant)
}

function killedBefore(memory: string): Map<string, End> {
  if (!existsSync(memory)) return new Map()
  const lines = readFileSync(memory, 'utf8').split('\n').filter(Boolean)
  const all = lines.map((line) => JSON.parse(line) as { key: string; end: End })
  return new Map(all.filter(({ end }) => end !== 'survived').map(({ key, end }) => [key, end]))
}

function copyCheckout(): string {
  const scratch = mkdtempSync(join(tmpdir(), 'coffer-mutate-'))
  for (const name of ['src', 'test', 'docs', 'package.json', 'tsconfig.json']) {
    cpSync(name, join(scratch, name), { recursive: true })
  }
  symlinkSync(join(process.cwd(), 'node_modules'), join(scratch, 'node_modules'))
  const words = "for (const file of process.argv.slice(2)) await import('./' + file)\n"
  writeFileSync(join(scratch, 'run.mjs'), words)
  return scratch
}

async function tryOut(
  scratch: string,
  { mutant, tests, longestMs }: { mutant: Placed; tests: readonly string[]; longestMs: number },
): Promise<End> {
  const { file, start, end, replacement } = mutant
  const text = readFileSync(file, 'utf8')
  // oxc counts in UTF-16 units, as strings do.
  writeFileSync(join(scratch, file), text.slice(0, start) + replacement + text.slice(end))
  try {
    return await runTests(scratch, tests, longestMs)
  } finally {
    writeFileSync(join(scratch, file), text)
  }
}

/** All test files in one process: starting one for each takes longer than the tests do. */
function runTests(cwd: string, tests: readonly string[], longestMs: number): Promise<End> {
  const loader = ['--conditions=source', '--import', 'tsx']
  const child = spawn(process.execPath, [...loader, 'run.mjs', ...tests], {
    cwd,
    stdio: 'ignore',
  })
  return new Promise((resolve) => {
    let late = false
    const timer = setTimeout(() => {
      late = true
      child.kill('SIGKILL')
    }, longestMs)
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve(late ? 'timed_out' : code === 0 ? 'survived' : 'killed')
    })
  })
}
