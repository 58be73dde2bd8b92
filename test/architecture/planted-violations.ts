import type { Planted } from './planted.ts'
import { plantedImports } from './planted-imports.ts'

const long = (lines: number) => 'x\n'.repeat(lines)
const readme = (module: string) => ({ [`src/${module}/README.md`]: `# ${module}\n` })
const inLedger = (text: string) => ({ 'src/ledger/x.ts': text })

const sql: Planted[] = [
  {
    rule: 'own-schema',
    says: "another module's table in a tagged template",
    files: inLedger('export const q = (sql: Sql) => sql`\n  select 1\n  from wallet.customer`\n'),
    found: 'SQL names schema wallet',
    at: 'src/ledger/x.ts:3',
  },
  {
    rule: 'own-schema',
    says: "another module's table in a plain string",
    files: inLedger("export const q = 'update risk.profile set n = 1'\n"),
    found: 'SQL names schema risk',
    at: 'src/ledger/x.ts:1',
  },
  {
    rule: 'own-schema',
    says: 'a quoted name in upper-case SQL',
    files: inLedger('export const q = \'INSERT INTO "fund"."order" VALUES (1)\'\n'),
    found: 'SQL names schema fund',
    at: 'src/ledger/x.ts:1',
  },
  {
    rule: 'own-schema',
    says: "another module's table in a migration, past a comment",
    files: { 'src/ledger/0002-more.sql': '-- wallet.customer is not ours\ndrop table fund.day;\n' },
    found: 'SQL names schema fund',
    at: 'src/ledger/0002-more.sql:2',
  },
  {
    rule: 'own-schema',
    says: "another module's table handed over as a name",
    files: inLedger(
      "export const q = (sql: Sql) => sql`select 1 from ${sql('wallet.customer')}`\n",
    ),
    found: 'SQL names schema wallet',
    at: 'src/ledger/x.ts:1',
  },
  {
    rule: 'own-schema',
    says: 'a simulator that reads our books',
    files: { 'src/partners/x.ts': "export const q = 'select n from ledger.account'\n" },
    found: 'SQL names schema ledger',
    at: 'src/partners/x.ts:1',
  },
  {
    rule: 'one-schema-per-module',
    says: 'a second schema',
    files: { 'src/ledger/0002-more.sql': '\ncreate schema if not exists books;\n' },
    found: 'makes schema books',
    at: 'src/ledger/0002-more.sql:2',
  },
  {
    rule: 'own-records',
    says: "a record kept in another module's table",
    files: inLedger("\nexport const r = defineRecord<R>({ name: 'wallet.payment', key: 'id' })\n"),
    found: "'wallet.payment' is no table of schema ledger",
    at: 'src/ledger/x.ts:2',
  },
  {
    rule: 'no-sql',
    says: 'SQL in a flow',
    files: {
      'src/flows/pay.ts': "export const q = 'select id from somewhere'\n",
      ...readme('flows'),
    },
    found: 'flows holds no SQL',
    at: 'src/flows/pay.ts:1',
  },
]

const calls: Planted[] = (
  [
    ['member:Date.now', 'Date.now()'],
    ['member:Date.now', "globalThis.Date['now']()"],
    ['now:Date', 'new Date()'],
    ['now:Date', 'Date()'],
    ['member:performance.now', 'performance.now()'],
    ['member:Math.random', '[1, 2].map(Math.random)'],
    ['name:randomUUID', 'crypto.randomUUID()'],
    ['name:randomBytes', "(await import('node:crypto')).randomBytes(8)"],
    ['name:getRandomValues', 'crypto.getRandomValues(new Uint8Array(8))'],
    ['member:process.env', "process.env['HOME']"],
    ['member:process.env', '(() => {\n  const { env } = process\n  return env\n})()', 2],
    ['call:fetch', "fetch('http://bank.example')"],
    ['call:fetch', "globalThis.fetch('http://bank.example')"],
    ['module:node:fs', "await import('node:fs/promises')"],
    ['module:node:fs', "await import('fs')"],
    ['call:setInterval', 'setInterval(() => {}, 10)'],
    ['call:parseFloat', "parseFloat('0.1')"],
  ] as const
).map(([find, code, line = 1]) => ({
  rule: 'banned-calls',
  says: code.replace(/\s+/g, ' '),
  files: inLedger(`export const x = ${code}\n`),
  found: `${find}:`,
  at: `src/ledger/x.ts:${line}`,
}))

const banned: Planted[] = [
  ...calls,
  {
    rule: 'banned-calls',
    says: 'unseeded randomness in a test',
    files: { 'src/kernel/now.test.ts': 'Math.random()\n' },
    found: 'member:Math.random:',
    at: 'src/kernel/now.test.ts:1',
  },
  {
    rule: 'stale-allowance',
    says: 'an allowance that nothing needs',
    files: {},
    found: 'member:Date.now is allowed in src/ledger/**, where nothing uses it',
    at: 'architecture.json:1',
    allowed: { find: 'member:Date.now', why: '', allowed: [{ files: 'src/ledger/**', why: '' }] },
  },
]

const sizes: Planted[] = [
  {
    rule: 'file-lines',
    says: 'a file of 401 lines',
    files: { 'web/shared/long.tsx': long(401) },
    found: '401 lines; at most 400',
    at: 'web/shared/long.tsx:1',
  },
  {
    rule: 'function-lines',
    says: 'a function of 71 lines',
    files: inLedger(`\nexport function grow() {\n${long(69)}}\n`),
    found: 'grow has 71 lines; at most 70',
    at: 'src/ledger/x.ts:2',
  },
  {
    rule: 'function-lines',
    says: 'a long function inside a factory that is not charged for it',
    files: inLedger(`export function make() {\n  return {\n    grow() {\n${long(69)}},\n  }\n}\n`),
    found: 'grow has 71 lines; at most 70',
    at: 'src/ledger/x.ts:3',
  },
  {
    rule: 'function-lines',
    says: 'a long test inside a suite',
    files: {
      'src/kernel/now.test.ts': `describe('now', () => {\n  it('is', () => {\n${long(69)}})\n})\n`,
    },
    found: 'a function has 71 lines; at most 70',
    at: 'src/kernel/now.test.ts:2',
  },
  {
    rule: 'columns',
    says: 'a line of 101 columns',
    files: inLedger(`\n// ${'x'.repeat(98)}\n`),
    found: '101 columns; at most 100',
    at: 'src/ledger/x.ts:2',
  },
  {
    rule: 'positional-parameters',
    says: 'four positional parameters',
    files: inLedger('export const add = (a: 1, b: 2, c: 3, d = 4) => a + b + c + d\n'),
    found: 'add takes 4 parameters; at most 3',
    at: 'src/ledger/x.ts:1',
  },
]

const names: Planted[] = [
  ...['utils', 'helpers', 'common', 'payment-service', 'managers', 'misc'].map((name) => ({
    rule: 'banned-names',
    says: `a file named ${name}`,
    files: { [`src/ledger/${name}.ts`]: 'export const a = 1\n' },
    found: `named '${name}'`,
    at: `src/ledger/${name}.ts:1`,
  })),
  {
    rule: 'banned-names',
    says: 'a folder named utils',
    files: { 'web/utils/a.ts': 'export const a = 1\n' },
    found: "named 'utils'",
    at: 'web/utils/a.ts:1',
  },
  {
    rule: 'kebab-case',
    says: 'a file in camel case',
    files: { 'src/ledger/postEntry.ts': 'export const a = 1\n' },
    found: 'file names are kebab-case',
    at: 'src/ledger/postEntry.ts:1',
  },
  {
    rule: 'test-beside',
    says: 'a test of something that lies elsewhere',
    files: { 'src/ledger/everything.test.ts': "import { now } from '#kernel'\n" },
    found: 'tests no file of its module',
    at: 'src/ledger/everything.test.ts:1',
  },
]

const modules: Planted[] = [
  {
    rule: 'entry-points',
    says: 'an entry point of 61 lines',
    files: { 'src/ledger/index.ts': "// a\nexport { a } from './a.ts'\n".repeat(31) },
    found: '62 lines; at most 60',
    at: 'src/ledger/index.ts:1',
  },
  {
    rule: 'entry-points',
    says: 'an entry point with code in it',
    files: { 'src/ledger/index.ts': '// a\nexport const a = 1\n' },
    found: 'an entry point only re-exports',
    at: 'src/ledger/index.ts:2',
  },
  {
    rule: 'entry-points',
    says: 'an entry point that opens everything',
    files: { 'src/ledger/index.ts': "// a\nexport * from './post.ts'\n" },
    found: 'an entry point only re-exports, name by name',
    at: 'src/ledger/index.ts:2',
  },
  {
    rule: 'entry-points',
    says: 'an entry point that says nothing',
    files: { 'src/ledger/index.ts': "export { post } from './post.ts'\n" },
    found: 'says nothing',
    at: 'src/ledger/index.ts:1',
  },
  {
    rule: 'module-files',
    says: 'a module without an entry point',
    files: { 'src/cases/open.ts': 'export const a = 1\n', ...readme('cases') },
    found: 'has no index.ts',
    at: 'src/cases:1',
  },
  {
    rule: 'module-files',
    says: 'a module without a README',
    files: { 'src/cases/index.ts': "// a\nexport { a } from './a.ts'\n" },
    found: 'has no README.md',
    at: 'src/cases:1',
  },
  {
    rule: 'module-files',
    says: 'a README that is too long',
    files: { 'src/ledger/README.md': long(61) },
    found: '61 lines; at most 60',
    at: 'src/ledger/README.md:1',
  },
]

/** Written in two pieces, so that this file does not break the rule itself. */
const mark = ['TO', 'DO'].join('')
const silencer = ['@ts', 'ignore'].join('-')
/** A test switched off, as the rule has to find it in a planted file: nothing here is off. */
const offTest = ['it', 'skip'].join('.')

const unfinished: Planted[] = [
  {
    rule: 'unfinished',
    says: 'something left for later',
    files: inLedger(`\n// ${mark} think\n`),
    found: `comment: ${mark}`,
    at: 'src/ledger/x.ts:2',
  },
  {
    rule: 'unfinished',
    says: 'a silenced compiler',
    files: inLedger(`// ${silencer}\nexport const a = 1\n`),
    found: `comment: ${silencer}`,
    at: 'src/ledger/x.ts:1',
  },
  {
    rule: 'unfinished',
    says: 'a test that is switched off',
    files: { 'src/kernel/now.test.ts': `${offTest}('adds', () => {})\n` },
    found: `${offTest}: a test is off`,
    at: 'src/kernel/now.test.ts:1',
  },
  {
    rule: 'unfinished',
    says: 'a test that is switched off by an option',
    files: { 'src/kernel/now.test.ts': "it('adds', { skip: true }, () => {})\n" },
    found: 'a test is off',
    at: 'src/kernel/now.test.ts:1',
  },
  {
    rule: 'parses',
    says: 'a file that is no TypeScript',
    files: inLedger('export const = 1\n'),
    found: '',
    at: 'src/ledger/x.ts:1',
  },
]

export const planted: readonly Planted[] = [
  ...plantedImports,
  ...sql,
  ...banned,
  ...sizes,
  ...names,
  ...modules,
  ...unfinished,
]
