/** One numbered SQL file. Numbers are unique over all modules; an applied file never changes. */
export interface Migration {
  readonly number: number
  /** File name without `.sql`: `0010-commit`. */
  readonly name: string
  readonly module: string
  readonly sql: string
  /** SHA-256 of the text with unix line ends, hex. */
  readonly digest: string
}
