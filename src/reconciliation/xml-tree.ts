import type { ValueReader } from './read-value.ts'

/** An element without its namespace prefix; `line` is where its tag begins. */
export interface XmlElement {
  readonly name: string
  readonly line: number
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  /** Its own text, not that of its children. */
  readonly text: string
}

interface OpenElement extends XmlElement {
  readonly tag: string
  readonly children: XmlElement[]
  text: string
}

const deepest = 32
const newLine = 10
const name = String.raw`[A-Za-z_][\w.:-]*`
const tag = new RegExp(String.raw`<(/?)(${name})`, 'y')
const attribute = new RegExp(String.raw`\s+(${name})\s*=\s*(?:"([^"<]*)"|'([^'<]*)')`, 'y')
const tagEnd = /\s*(\/?)>/y
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', apos: "'", quot: '"' }

/**
 * Reads XML into a tree. Only what data files need: elements, attributes, text, CDATA, comments.
 * A document type (and with it every entity of a file's own) is refused: nothing is fetched and
 * nothing grows. Linear in the file's length; null: malformed or refused, and noted.
 */
export function readXmlTree(text: string, values: ValueReader): XmlElement | null {
  const source = text.replace(/^\uFEFF/, '')
  const open: OpenElement[] = []
  let root: XmlElement | null = null
  let at = 0
  let line = 1
  const stop = (code: 'xml_malformed' | 'xml_refused') =>
    values.fault({ line, field: open.at(-1)?.name ?? 'file' }, code)
  const goTo = (end: number) => {
    for (; at < end; at += 1) if (source.charCodeAt(at) === newLine) line += 1
  }
  while (at < source.length) {
    if (source[at] !== '<') {
      const next = source.indexOf('<', at)
      const end = next < 0 ? source.length : next
      const plain = decoded(source.slice(at, end))
      const inside = open.at(-1)
      if (plain === null || (inside === undefined && plain.trim() !== ''))
        return stop('xml_malformed')
      if (inside !== undefined) inside.text += plain
      goTo(end)
      continue
    }
    const skipped = specialEnd(source, at)
    if (skipped === 'refused') return stop('xml_refused')
    if (skipped === 'malformed') return stop('xml_malformed')
    if (skipped !== null) {
      const inside = open.at(-1)
      if (skipped.cdata !== null && inside === undefined) return stop('xml_malformed')
      if (skipped.cdata !== null && inside !== undefined) inside.text += skipped.cdata
      goTo(skipped.end)
      continue
    }
    const read = readTag(source, at)
    if (read === null) return stop('xml_malformed')
    if (read.closes) {
      const closed = open.at(-1)
      if (closed?.tag !== read.tag) return stop('xml_malformed')
      open.pop()
      if (open.length === 0) root = closed
    } else {
      if (root !== null || open.length === deepest) return stop('xml_malformed')
      const element = { ...read, name: localName(read.tag), line, children: [], text: '' }
      open.at(-1)?.children.push(element)
      if (!read.empty) open.push(element)
      else if (open.length === 0) root = element
    }
    goTo(read.end)
  }
  return open.length === 0 && root !== null ? root : stop('xml_malformed')
}

interface Tag {
  readonly tag: string
  readonly closes: boolean
  readonly empty: boolean
  readonly attributes: ReadonlyMap<string, string>
  readonly end: number
}

function readTag(source: string, from: number): Tag | null {
  tag.lastIndex = from
  const begun = tag.exec(source)
  if (begun === null) return null
  const [, slash, own = ''] = begun
  const attributes = new Map<string, string>()
  let end = tag.lastIndex
  for (;;) {
    attribute.lastIndex = end
    const found = attribute.exec(source)
    if (found === null) break
    const value = decoded(found[2] ?? found[3] ?? '')
    const key = found[1] ?? ''
    if (value === null || attributes.has(key) || slash === '/') return null
    attributes.set(key, value)
    end = attribute.lastIndex
  }
  tagEnd.lastIndex = end
  const closed = tagEnd.exec(source)
  if (closed === null || (slash === '/' && closed[1] === '/')) return null
  const empty = closed[1] === '/'
  return { tag: own, closes: slash === '/', empty, attributes, end: tagEnd.lastIndex }
}

/** Comments, CDATA and processing instructions; null: something else begins here. */
function specialEnd(
  source: string,
  from: number,
): { end: number; cdata: string | null } | 'refused' | 'malformed' | null {
  const until = (start: string, mark: string, keep: boolean) => {
    const found = source.indexOf(mark, from + start.length)
    if (found < 0) return 'malformed' as const
    const cdata = keep ? source.slice(from + start.length, found) : null
    return { end: found + mark.length, cdata }
  }
  if (source.startsWith('<!--', from)) return until('<!--', '-->', false)
  if (source.startsWith('<![CDATA[', from)) return until('<![CDATA[', ']]>', true)
  if (source.startsWith('<?', from)) return until('<?', '?>', false)
  return source.startsWith('<!', from) ? 'refused' : null
}

/** null: an entity that is not one of the five, or a character that there is not. */
function decoded(text: string): string | null {
  if (!text.includes('&')) return text
  let known = true
  const plain = text.replace(/&([^;&\s]{0,10});?/g, (whole, entity: string) => {
    const value = whole.endsWith(';') ? characterOf(entity) : null
    known &&= value !== null
    return value ?? ''
  })
  return known ? plain : null
}

function characterOf(entity: string): string | null {
  const [, hexadecimal, decimal] = /^#(?:x([0-9A-Fa-f]{1,6})|(\d{1,7}))$/.exec(entity) ?? []
  if (hexadecimal === undefined && decimal === undefined) return named[entity] ?? null
  const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16)
  const exists = code > 0 && code <= 0x10_ffff && !(code >= 0xd800 && code <= 0xdfff)
  return exists ? String.fromCodePoint(code) : null
}

function localName(qualified: string): string {
  return qualified.slice(qualified.indexOf(':') + 1)
}
