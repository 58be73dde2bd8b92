/** What an error code means: the HTTP status it travels with and what a person may read. */
export interface ProblemEntry {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 500 | 502 | 503
  readonly title: string
  /** What happened and what to do about it. */
  readonly detail: string
}

type Status = ProblemEntry['status']

/** One row of the table. */
export const entry = (status: Status, title: string, detail: string): ProblemEntry => ({
  status,
  title,
  detail,
})
