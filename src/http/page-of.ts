/** What a list's query says, without what was left out. */
export function pageAsked(query: {
  readonly limit: number
  readonly starting_after?: string | undefined
}): { limit: number; after?: string } {
  const { limit, starting_after: after } = query
  // One more than shown tells whether there is another page.
  return { limit: limit + 1, ...(after !== undefined && { after }) }
}

/** A page: `found` holds one more than `limit` when there are more. */
export function pageShown<Found, Shown>(
  found: readonly Found[],
  limit: number,
  show: (item: Found) => Shown,
): { data: Shown[]; has_more: boolean } {
  return { data: found.slice(0, limit).map(show), has_more: found.length > limit }
}
