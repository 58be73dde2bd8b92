// `npm run check -- architecture [FOLDER]`: lists what breaks the plan, one place a line.
import { audit, describeViolation } from './audit.ts'
import { readPlan } from './plan.ts'
import { findRoot, readTree } from './source-tree.ts'

const root = findRoot()
const folder = process.argv[2] ?? ''
const found = audit(readTree(root), readPlan(root)).filter(({ path }) => path.startsWith(folder))
for (const violation of found) process.stdout.write(`${describeViolation(violation)}\n`)
process.exitCode = found.length === 0 ? 0 : 1
