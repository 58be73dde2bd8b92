import { posix } from 'node:path'
import { allModules, heightOf, isTest, moduleOf, type Plan } from '../plan.ts'
import { perCodeFile } from '../rule.ts'
import type { SourceFile } from '../source-tree.ts'
import { importsOf } from '../syntax.ts'

/** An import that stays in the repository: which module it enters, and how. */
interface Inner {
  at: number
  specifier: string
  module: string
  /** True for `#module`; false for `#module/file` and for a path into its folder. */
  byEntryPoint: boolean
}

function innerImports(file: SourceFile): Inner[] {
  return importsOf(file.syntax()).flatMap(({ specifier, start }) => {
    if (specifier.startsWith('#')) {
      const [module = '', ...rest] = specifier.slice(1).split('/')
      return [{ at: start, specifier, module, byEntryPoint: rest.length === 0 }]
    }
    if (!specifier.startsWith('.')) return []
    const target = posix.join(posix.dirname(file.path), specifier)
    const module = moduleOf(target)
    if (module === undefined || module === moduleOf(file.path)) return []
    return [{ at: start, specifier, module, byEntryPoint: false }]
  })
}

/** Every `#name` is a module of the plan. */
export const knownModules = perCodeFile('known-modules', (file, plan) => {
  const known = [...allModules(plan), plan.testSupport]
  const own = moduleOf(file.path)
  const stranger = own !== undefined && !known.includes(own)
  return [
    ...(stranger ? [{ at: 0, message: `src/${own} is not in the plan` }] : []),
    ...innerImports(file)
      .filter(({ module }) => !known.includes(module))
      .map(({ at, module }) => ({ at, message: `#${module} is not in the plan` })),
  ]
})

/** A module is entered by its entry point only, never by a path to one of its files. */
export const entryPointOnly = perCodeFile('entry-point-only', (file) =>
  innerImports(file)
    .filter(({ byEntryPoint }) => !byEntryPoint)
    .map(({ at, specifier, module }) => ({ at, message: `'${specifier}': use '#${module}'` })),
)

/** Inside a module files import one another by path: through its own entry point is a circle. */
export const ownEntryPoint = perCodeFile('own-entry-point', (file) =>
  innerImports(file)
    .filter(({ module, byEntryPoint }) => byEntryPoint && module === moduleOf(file.path))
    .map(({ at, module }) => ({ at, message: `#${module} imports itself: use a relative path` })),
)

/** Imports go down; sideways and into the books only where the plan says so. */
export const importDirection = perCodeFile('import-direction', (file, plan) => {
  const from = moduleOf(file.path)
  if (from === undefined) return []
  return innerImports(file).flatMap(({ at, module }) => {
    const message = module === from ? undefined : refusal(plan, file.path, module)
    return message === undefined ? [] : [{ at, message }]
  })
})

function refusal(plan: Plan, path: string, to: string): string | undefined {
  if (to === plan.testSupport) {
    return isTest(path) ? undefined : 'test support is for tests only'
  }
  const from = moduleOf(path) ?? ''
  const [fromHeight, toHeight] = [heightOf(plan, from), heightOf(plan, to)]
  if (fromHeight === undefined || toHeight === undefined) return undefined
  if (toHeight > fromHeight) return `${from} may not import ${to}: imports go down only`
  const layer = plan.layers[toHeight]
  if (toHeight === fromHeight) {
    const allowed = layer?.within[from]?.includes(to) === true
    return allowed ? undefined : `${from} may not import ${to}: they are peers`
  }
  const { onlyFor } = layer ?? {}
  const isNext = fromHeight === toHeight + 1
  if (onlyFor === undefined || !isNext || onlyFor.modules.includes(from)) return undefined
  return `${from} may not import ${to}: only ${onlyFor.modules.join(', ')} (${onlyFor.why})`
}

/** The pages share the contract with the server and nothing else. */
export const webImports = perCodeFile('web-imports', (file, plan) => {
  const isConfig = file.path.endsWith('.config.ts')
  if (!file.path.startsWith('web/') || isConfig || isTest(file.path)) return []
  return importsOf(file.syntax()).flatMap(({ specifier, start }) => {
    const inner = specifier.startsWith('#') ? specifier.slice(1).split('/')[0] : undefined
    const target = posix.join(posix.dirname(file.path), specifier)
    const leavesWeb = specifier.startsWith('.') && !target.startsWith('web/')
    const forbidden =
      (inner !== undefined && !plan.web.mayImport.includes(inner)) ||
      leavesWeb ||
      specifier.startsWith('node:')
    return forbidden ? [{ at: start, message: `'${specifier}': ${plan.web.why}` }] : []
  })
})

/** A package of npm is used where the plan says: one place to change when it is replaced. */
export const packagePlaces = perCodeFile('package-places', (file, plan) => {
  const module = moduleOf(file.path)
  if (module === undefined || isTest(file.path)) return []
  return importsOf(file.syntax()).flatMap(({ specifier, start, isType }) => {
    const place = plan.packages.find(({ name }) => isOfPackage(specifier, name))
    if (place === undefined || isType || place.onlyIn.includes(module)) return []
    const message = `'${specifier}' belongs in ${place.onlyIn.join(', ')}: ${place.why}`
    return [{ at: start, message }]
  })
})

function isOfPackage(specifier: string, name: string): boolean {
  if (name.endsWith('/*')) return specifier.startsWith(name.slice(0, -1))
  return specifier === name || specifier.startsWith(`${name}/`)
}
