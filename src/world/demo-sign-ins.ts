import { cast, type City, type Party } from './party.ts'
import { staffMembers } from './staff.ts'

/** How a visitor signs in. `deviceId`: a phone that is trusted already; others are challenged. */
export interface DemoSignIns {
  readonly customers: readonly {
    readonly name: string
    readonly phone: string
    readonly password: string
    readonly deviceId: string
    readonly why: string
  }[]
  readonly operators: readonly {
    readonly login: string
    readonly name: string
    readonly password: string
    /** For an app of the visitor's own; the sign-in page shows its code, too. */
    readonly totpSecret: string
    readonly why: string
  }[]
}

const whyStaff: Partial<Record<string, string>> = {
  ana: 'analyst: decides held payments',
  carl: 'claims: first decision',
  cleo: 'claims: second approval',
  sam: 'supervisor: reviews, claims, policies, fund',
  ada: 'admin: agrees to policies that sam has drafted',
  otto: 'auditor: reads everything, the audit log too',
}

/** The seeded sign-ins of a city's demo, to be printed at the start. */
export function demoSignIns(city: City): DemoSignIns {
  const customer = (party: Party | undefined, why: string) => {
    if (party === undefined) return []
    const { name, phone, password, deviceId } = party
    return [{ name, phone, password, deviceId, why }]
  }
  return {
    customers: [
      ...customer(city.parties[cast.saver], 'saves: a balance that earns every day'),
      ...customer(city.parties[cast.victim], 'was robbed this morning and has not seen it yet'),
      ...customer(city.shops[0], 'a shop'),
    ],
    operators: Object.values(staffMembers).flatMap(({ login, name, password, totpSecret }) => {
      const why = whyStaff[login]
      return why === undefined ? [] : [{ login, name, password, totpSecret, why }]
    }),
  }
}
