import { posix } from 'node:path'
import type { Finding, Rule } from '../rule.ts'
import type { SourceFile } from '../source-tree.ts'
import { importsOf } from '../syntax.ts'

/** What the pages may import must run in a browser: nothing it reaches may need Node. */
export const browserSafe: Rule = {
  name: 'browser-safe',
  check(files, plan) {
    const byPath = new Map(files.map((file) => [file.path, file]))
    const found: Finding[] = []
    const seen = new Set<string>()
    const open = plan.web.mayImport.map((module) => `src/${module}/index.ts`)
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      const file = byPath.get(path)
      if (file === undefined || seen.has(path)) continue
      seen.add(path)
      for (const { specifier, start } of valueImports(file)) {
        if (specifier.startsWith('node:')) {
          const message = `'${specifier}' is reached from the pages by way of the contract`
          found.push({ path, line: file.lineOf(start), message })
        } else open.push(targetOf(path, specifier))
      }
    }
    return found
  },
}

function valueImports(file: SourceFile) {
  return importsOf(file.syntax()).filter(({ isType }) => !isType)
}

function targetOf(path: string, specifier: string): string {
  if (specifier.startsWith('#')) return `src/${specifier.slice(1)}/index.ts`
  return posix.join(posix.dirname(path), specifier)
}
