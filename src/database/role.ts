/**
 * Who a connection may be. `owner` migrates and owns the schemas · `app` the server: no DDL, and
 * only INSERT and SELECT where rows are for ever · `reader` SELECT only · `simulator` only the
 * partners' own schema.
 */
export const roles = ['owner', 'app', 'reader', 'simulator'] as const
export type Role = (typeof roles)[number]

/** The role's name in PostgreSQL; migrations grant to these. */
export function roleName(role: Role): string {
  return `coffer_${role}`
}
