import { allModules, moduleOf } from '../plan.ts'
import type { Finding, Rule } from '../rule.ts'
import type { SourceFile } from '../source-tree.ts'

/** An entry point is a table of contents: short, only re-exports by name, each block explained. */
export const entryPoints: Rule = {
  name: 'entry-points',
  check: (files, { limits }) =>
    files
      .filter(({ path }) => /^src\/[^/]+\/index\.ts$/.test(path))
      .flatMap((file) => [
        ...tooLong(file, limits.entryPointLines),
        ...file
          .syntax()
          .statements.filter((node) => node.type !== 'ExportNamedDeclaration' || !node.source)
          .map((node) => ({
            path: file.path,
            line: file.lineOf(node.start),
            message: 'an entry point only re-exports, name by name',
          })),
        ...(file.syntax().comments.length > 0
          ? []
          : [{ path: file.path, line: 1, message: 'says nothing of its functions and errors' }]),
      ]),
}

/** Every module has an entry point and a short README. */
export const moduleFiles: Rule = {
  name: 'module-files',
  check(files, plan) {
    const paths = new Map(files.map((file) => [file.path, file]))
    const present = new Set(files.map(({ path }) => moduleOf(path)))
    return allModules(plan)
      .filter((module) => present.has(module))
      .flatMap((module) => {
        const folder = `src/${module}`
        const readme = paths.get(`${folder}/README.md`)
        return [
          ...(paths.has(`${folder}/index.ts`) ? [] : [missing(folder, 'index.ts')]),
          ...(readme === undefined
            ? [missing(folder, 'README.md: its words, tables, invariants, what it does not do')]
            : tooLong(readme, plan.limits.moduleReadmeLines)),
        ]
      })
  },
}

function missing(folder: string, what: string): Finding {
  return { path: folder, line: 1, message: `has no ${what}` }
}

function tooLong({ path, lines }: SourceFile, most: number): Finding[] {
  if (lines.length <= most) return []
  return [{ path, line: 1, message: `${lines.length} lines; at most ${most}` }]
}
