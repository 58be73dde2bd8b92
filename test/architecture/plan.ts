import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Some modules of one height. Imports go down, or sideways where `within` says so. */
export interface Layer {
  name: string
  modules: string[]
  /** Which neighbours of the same layer a module may import. */
  within: Record<string, string[]>
  /** Of the next layer up, only these modules may import this one; layers above that all may. */
  onlyFor?: { modules: string[]; why: string }
}

/** A call, name or module that belongs in a few named files only. */
export interface Ban {
  /** `member:A.b`, `call:f`, `name:n`, `module:m` or `now:Date` (`new Date()` with no argument). */
  find: string
  why: string
  /** Tests are held to it too; without it they are free. */
  inTests?: boolean
  allowed: { files: string; why: string }[]
}

/** architecture.json: the plan that the code is held against. */
export interface Plan {
  layers: Layer[]
  web: { mayImport: string[]; why: string }
  testSupport: string
  noSqlIn: { modules: string[]; why: string }
  packages: { name: string; onlyIn: string[]; why: string }[]
  banned: Ban[]
  limits: {
    fileLines: number
    functionLines: number
    columns: number
    positionalParameters: number
    entryPointLines: number
    moduleReadmeLines: number
  }
  bannedNames: { words: string[]; why: string }
}

export function readPlan(root: string): Plan {
  return JSON.parse(readFileSync(join(root, 'architecture.json'), 'utf8')) as Plan
}

export function allModules(plan: Plan): string[] {
  return plan.layers.flatMap((layer) => layer.modules)
}

/** Height of a module's layer, 0 at the ground; undefined for a folder the plan does not know. */
export function heightOf(plan: Plan, module: string): number | undefined {
  const height = plan.layers.findIndex((layer) => layer.modules.includes(module))
  return height === -1 ? undefined : height
}

/** The module that a file under src belongs to; undefined for files elsewhere. */
export function moduleOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1]
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || /^(test|bench)\//.test(path)
}

/** `*` stands for one name, `**` for any number of folders. */
export function matchesGlob(path: string, glob: string): boolean {
  const pattern = glob
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('**', '\0')
    .replaceAll('*', '[^/]*')
    .replaceAll('\0', '.*')
  return new RegExp(`^${pattern}$`).test(path)
}
