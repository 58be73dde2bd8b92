import { findCustomers, maskName, type CustomerView } from '#identity'
import type { FlowContext } from './context.ts'

/** A customer as somebody else may see him. */
export interface Party {
  readonly customerId: string
  readonly name: string
  readonly kind: 'person' | 'merchant'
  readonly phoneMasked: string | null
}

/** `staff`: names in full; a customer's id: only his own and merchants' names in full. */
export type Viewer = 'staff' | { readonly customerId: string }

/** Looks a party up; somebody who is not there any more is shown by his id. */
export type Parties = (customerId: string) => Party

export async function readParties(
  context: Pick<FlowContext, 'sql'>,
  ids: Iterable<string>,
  viewer: Viewer,
): Promise<Parties> {
  return partiesOf(await findCustomers(context.sql, [...new Set(ids)]), viewer)
}

/** The same for customers that were read already. */
export function partiesOf(found: readonly CustomerView[], viewer: Viewer): Parties {
  const parties = new Map(
    found.map(({ id, name, kind, phoneMasked }) => {
      const open = viewer === 'staff' || viewer.customerId === id || kind === 'merchant'
      const shown = open ? name : maskName(name)
      return [id, { customerId: id, name: shown, kind, phoneMasked }] as const
    }),
  )
  return (customerId) =>
    parties.get(customerId) ?? { customerId, name: customerId, kind: 'person', phoneMasked: null }
}
