/** How a name that a payer typed fits the payee's own. */
export type NameMatch = 'match' | 'close' | 'no_match'

/** Case, spaces, dots and the order of romanised names are no difference; one letter is `close`. */
export function compareName(typed: string, real: string): NameMatch {
  const [one, other] = [wordsOf(typed), wordsOf(real)]
  if (one.join('') === other.join('')) return 'match'
  const [left, right] = [one.toSorted().join(''), other.toSorted().join('')]
  if (left === right) return 'match'
  // Of a short name, one letter is half of it: another person.
  const isLong = Math.min(left.length, right.length) >= 5
  return isLong && oneEditApart(left, right) ? 'close' : 'no_match'
}

function wordsOf(name: string): string[] {
  const words = name.normalize('NFKC').toLowerCase()
  return words.split(/[\s.·,'-]+/u).filter((word) => word !== '')
}

/** One letter put in, left out or changed. */
function oneEditApart(left: string, right: string): boolean {
  const [short, long] = left.length <= right.length ? [left, right] : [right, left]
  if (long.length - short.length > 1) return false
  let at = 0
  while (at < short.length && short[at] === long[at]) at += 1
  return short.slice(at + (short.length === long.length ? 1 : 0)) === long.slice(at + 1)
}
