import { perCodeFile } from '../rule.ts'
import { dottedName } from '../syntax.ts'

/** The words the rule looks for; here they are its subject, not a mark. */
const marks = /\b(TODO|FIXME|XXX|HACK)\b/
const silencers = /@ts-(ignore|nocheck|expect-error)/
const offSwitch = /^(skip|todo|only)$/
const suites = /^(it|test|describe|suite)\.(skip|todo|only)$/

/** Nothing is left for later in the code: no marks, no silenced compiler, no test switched off. */
export const unfinished = perCodeFile('unfinished', (file) => {
  const { comments, nodes } = file.syntax()
  return [
    ...comments
      .filter(({ value }) => marks.test(value) || silencers.test(value))
      .map(({ start, value }) => ({ at: start, message: `comment: ${value.trim()}` })),
    ...nodes.flatMap(({ node }) => {
      if (node.type !== 'CallExpression') return []
      const name = dottedName(node.callee) ?? ''
      return suites.test(name) ? [{ at: node.start, message: `${name}: a test is off` }] : []
    }),
    ...nodes.flatMap(({ node }) => {
      if (node.type !== 'Property' || !offSwitch.test(dottedName(node.key) ?? '')) return []
      const isOn = node.value.type === 'Literal' && node.value.value === true
      return isOn ? [{ at: node.start, message: 'a test is off' }] : []
    }),
  ]
})

/** A file the parser cannot read would pass every other rule. */
export const parses = perCodeFile('parses', (file) =>
  file.syntax().errors.map((message) => ({ at: 0, message })),
)
