/** The database cannot be opened, started or migrated. The message is meant for the operator. */
export class DatabaseFault extends Error {
  override name = 'DatabaseFault'
}
