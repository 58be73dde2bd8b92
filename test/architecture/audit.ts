import type { Plan } from './plan.ts'
import type { Rule } from './rule.ts'
import { bannedCalls, staleAllowance } from './rules/banned-calls.ts'
import { browserSafe } from './rules/browser-safe.ts'
import {
  entryPointOnly,
  importDirection,
  knownModules,
  ownEntryPoint,
  packagePlaces,
  webImports,
} from './rules/imports.ts'
import { importsMap } from './rules/imports-map.ts'
import { entryPoints, moduleFiles } from './rules/modules.ts'
import { bannedNames, kebabCase, testBeside } from './rules/names.ts'
import { columns, fileLines, functionLines, positionalParameters } from './rules/sizes.ts'
import { noSql, oneSchemaPerModule, ownRecords, ownSchema } from './rules/sql.ts'
import { parses, unfinished } from './rules/unfinished.ts'
import type { SourceFile, Violation } from './source-tree.ts'

export const rules: readonly Rule[] = [
  parses,
  knownModules,
  importDirection,
  entryPointOnly,
  ownEntryPoint,
  webImports,
  browserSafe,
  packagePlaces,
  importsMap,
  ownSchema,
  oneSchemaPerModule,
  ownRecords,
  noSql,
  bannedCalls,
  staleAllowance,
  fileLines,
  functionLines,
  columns,
  positionalParameters,
  bannedNames,
  kebabCase,
  testBeside,
  entryPoints,
  moduleFiles,
  unfinished,
]

/** Every place where the files break the plan, in order of path and line. */
export function audit(files: readonly SourceFile[], plan: Plan): Violation[] {
  return rules
    .flatMap((rule) => rule.check(files, plan).map((found) => ({ ...found, rule: rule.name })))
    .sort((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1))
}

export function describeViolation({ path, line, rule, message }: Violation): string {
  return `${path}:${line} ${rule} ${message}`
}
