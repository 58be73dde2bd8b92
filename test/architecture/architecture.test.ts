import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { audit, describeViolation } from './audit.ts'
import { allModules, readPlan } from './plan.ts'
import { findRoot, readTree } from './source-tree.ts'

const root = findRoot()
const plan = readPlan(root)

describe('the code and the plan', () => {
  it('agree: no file breaks architecture.json', () => {
    const found = audit(readTree(root), plan).map(describeViolation)
    assert.deepEqual(found, [], `\n${found.join('\n')}\n`)
  })

  it('speak of the same code: the test reads every module, the pages and the tests', () => {
    const paths = readTree(root).map(({ path }) => path)
    for (const module of allModules(plan)) {
      if (!existsSync(join(root, 'src', module))) continue
      assert.ok(
        paths.some((path) => path.startsWith(`src/${module}/`)),
        `src/${module} is unread`,
      )
    }
    for (const path of ['test/architecture/audit.ts', 'bin/coffer.js', 'package.json']) {
      assert.ok(paths.includes(path), `${path} is unread`)
    }
    if (existsSync(join(root, 'web'))) {
      assert.ok(
        paths.some((path) => /^web\/.*\.tsx$/.test(path)),
        'web is unread',
      )
    }
  })

  it('agree on the layers: each module of the plan has one place', () => {
    const modules = allModules(plan)
    assert.deepEqual(modules, [...new Set(modules)])
  })
})
