/** A round mark for a person: the first letters of the name, in a tint of its own. */
export function Initials({ name }: { name: string }) {
  const letters = name
    .split(/\s+/)
    .map((word) => /^\p{L}/u.exec(word)?.[0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase()
  const tint = [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % 5
  return (
    <span className={`initials tint-${tint}`} aria-hidden="true">
      {letters}
    </span>
  )
}
