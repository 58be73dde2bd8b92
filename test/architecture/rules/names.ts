import { posix } from 'node:path'
import { moduleOf } from '../plan.ts'
import type { Rule } from '../rule.ts'
import { importsOf } from '../syntax.ts'

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?\.(ts|tsx|js|css|sql)$/
const coded = /\.(ts|tsx|js|css|sql)$/

/** Names that say nothing invite everything. */
export const bannedNames: Rule = {
  name: 'banned-names',
  check: (files, { bannedNames: { words, why } }) => {
    const pattern = new RegExp(`(^|-)(${words.join('|')})s?$`)
    return files.flatMap(({ path }) => {
      const parts = path.split('/').map((part) => part.replace(/\..*$/, ''))
      const bad = parts.find((part) => pattern.test(part))
      return bad === undefined ? [] : [{ path, line: 1, message: `named '${bad}': ${why}` }]
    })
  },
}

export const kebabCase: Rule = {
  name: 'kebab-case',
  check: (files) =>
    files
      .filter(({ path }) => coded.test(path) && !kebab.test(posix.basename(path)))
      .map(({ path }) => ({ path, line: 1, message: 'file names are kebab-case' })),
}

/** `post.test.ts` lies beside `post.ts`, or at least beside what it tests. */
export const testBeside: Rule = {
  name: 'test-beside',
  check(files) {
    const paths = new Set(files.map(({ path }) => path))
    return files
      .filter(({ path }) => moduleOf(path) !== undefined && /\.test\.tsx?$/.test(path))
      .filter(({ path }) => !paths.has(path.replace(/\.test(\.tsx?)$/, '$1')))
      .filter(
        (file) => !importsOf(file.syntax()).some(({ specifier }) => specifier.startsWith('.')),
      )
      .map(({ path }) => ({ path, line: 1, message: 'tests no file of its module' }))
  },
}
