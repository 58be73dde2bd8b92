import { allModules, type Plan } from '../plan.ts'
import type { Finding, Rule } from '../rule.ts'

/**
 * package.json gives every module one name that leads to its entry point, and nothing deeper:
 * that is what makes `#ledger/post.ts` impossible to write.
 */
export const importsMap: Rule = {
  name: 'imports-map',
  check(files, plan) {
    const manifest = files.find(({ path }) => path === 'package.json')
    if (manifest === undefined) return []
    const { imports = {} } = JSON.parse(manifest.text) as { imports?: Record<string, unknown> }
    const finding = (name: string, message: string): Finding => {
      const index = manifest.lines.findIndex((line) => line.includes(`"${name}"`))
      return { path: 'package.json', line: index + 1, message }
    }
    const wanted = wantedMap(plan)
    const missing = [...wanted]
      .filter(([name, target]) => JSON.stringify(imports[name]) !== JSON.stringify(target))
      .map(([name, target]) => finding(name, `imports: ${name} must be ${JSON.stringify(target)}`))
    const extra = Object.keys(imports)
      .filter((name) => !wanted.has(name))
      .map((name) => finding(name, `imports: ${name} is no module of the plan`))
    return [...missing, ...extra]
  },
}

function wantedMap(plan: Plan): Map<string, { source: string; default: string }> {
  const places = allModules(plan).map((module) => [module, `src/${module}`])
  places.push([plan.testSupport, 'test/support'])
  return new Map(
    places.map(([name, folder]) => [
      `#${name}`,
      { source: `./${folder}/index.ts`, default: `./dist/${folder}/index.js` },
    ]),
  )
}
