import type { Plan } from './plan.ts'
import type { SourceFile, Violation } from './source-tree.ts'

/** What a rule reports; its own name is added by the audit. */
export type Finding = Omit<Violation, 'rule'>

/** One thing the plan forbids. It looks at all files, so that it can also miss one. */
export interface Rule {
  name: string
  check(files: readonly SourceFile[], plan: Plan): Finding[]
}

/** A rule that looks at code files one by one. `check` says where (offset) and what. */
export function perCodeFile(
  name: string,
  check: (file: SourceFile, plan: Plan) => { at: number; message: string }[],
): Rule {
  return {
    name,
    check: (files, plan) =>
      files
        .filter((file) => file.isCode)
        .flatMap((file) =>
          check(file, plan).map(({ at, message }) => ({
            path: file.path,
            line: file.lineOf(at),
            message,
          })),
        ),
  }
}
