import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { audit, rules } from './audit.ts'
import { planted } from './planted-violations.ts'
import { readPlan } from './plan.ts'
import { findRoot, type SourceFile, sourceFile } from './source-tree.ts'

/** The real layers and limits; the allowances are the fixtures' own. */
const plan = {
  ...readPlan(findRoot()),
  banned: readPlan(findRoot()).banned.map((ban) => ({ ...ban, allowed: [] })),
}

/** A small tree that keeps every rule; each fixture adds its files to it. */
const sound = {
  'src/kernel/index.ts': "/** Time. */\nexport { now } from './now.ts'\n",
  'src/kernel/now.ts': 'export const now = (): number => 1\n',
  'src/kernel/now.test.ts': "import { now } from './now.ts'\nnow()\n",
  'src/kernel/README.md': '# kernel\n',
  'src/ledger/index.ts': "/** Errors: none. */\nexport { post } from './post.ts'\n",
  'src/ledger/post.ts':
    "import { now } from '#kernel'\n" +
    'export const post = (sql: Sql) => sql`select id from ledger.entry where at < ${now()}`\n',
  'src/ledger/0001-entries.sql': 'create schema ledger;\ncreate table ledger.entry (id text);\n',
  'src/ledger/README.md': '# ledger\n',
  'web/shared/amount.tsx':
    "import type { Amount } from '#contract'\nexport const a = (x: Amount) => x\n",
}

function tree(files: Record<string, string>): SourceFile[] {
  return Object.entries({ ...sound, ...files }).map(([path, text]) => sourceFile(path, text))
}

describe('the architecture test', () => {
  it('finds nothing in a tree that keeps the plan', () => {
    assert.deepEqual(audit(tree({}), plan), [])
  })

  it('has planted violations for every rule', () => {
    const covered = new Set(planted.map(({ rule }) => rule))
    assert.deepEqual(
      rules.map(({ name }) => name).filter((name) => !covered.has(name)),
      [],
    )
  })

  it('has a planted violation for every banned call of the plan', () => {
    const covered = new Set(planted.map(({ found }) => found.split(' ')[0]))
    for (const { find } of plan.banned) assert.ok(covered.has(`${find}:`), `none for ${find}`)
  })

  for (const { rule, says, files, found, at, allowed } of planted) {
    it(`${rule} finds ${says}`, () => {
      const bans = plan.banned.map((ban) => (ban.find === allowed?.find ? allowed : ban))
      const violations = audit(tree(files), { ...plan, banned: bans })
      const hit = violations.find((one) => one.rule === rule && one.message.startsWith(found))
      assert.ok(hit, `not found; got ${JSON.stringify(violations, null, 2)}`)
      assert.equal(`${hit.path}:${hit.line}`, at)
    })
  }
})
