/**
 * One-dimensional arrays of the types we use. The library can ask the server for them instead, at
 * every connect; but when that connection is lost before the answer, the question's rejection is
 * nobody's (postgres.js 3.4.9, `fetchArrayTypes`) and ends the process.
 */
export const arrayTypes = {
  textArray: arrayOf(1009, String),
  nameArray: arrayOf(1003, String),
  varcharArray: arrayOf(1015, String),
  smallArray: arrayOf(1005, Number),
  integerArray: arrayOf(1007, Number),
  bigintArray: arrayOf(1016, BigInt),
  booleanArray: arrayOf(1000, (text) => text === 't'),
}

type Element = string | number | bigint | boolean | null

function arrayOf<T>(oid: number, read: (text: string) => T) {
  return {
    to: oid,
    from: [oid],
    /** A text is taken as the array's literal. */
    serialize: (value: readonly Element[] | string) =>
      typeof value === 'string' ? value : `{${value.map(quoted).join(',')}}`,
    parse: (text: string) => parseArray(text, read),
  }
}

function quoted(element: Element): string {
  if (element === null) return 'NULL'
  return `"${String(element).replace(/["\\]/g, '\\$&')}"`
}

/** `{a,"b \"c\"",NULL}`: elements that need it are quoted, inside quotes a backslash escapes. */
function parseArray<T>(text: string, read: (text: string) => T): (T | null)[] {
  const elements: (T | null)[] = []
  const pattern = /"((?:[^"\\]|\\.)*)"|([^,{}]+)/gs
  for (const [, inQuotes, bare] of text.matchAll(pattern)) {
    if (inQuotes !== undefined) elements.push(read(inQuotes.replace(/\\(.)/gs, '$1')))
    else elements.push(bare === 'NULL' ? null : read(bare ?? ''))
  }
  return elements
}
