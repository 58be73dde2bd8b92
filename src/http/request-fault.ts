/** A part of a request is not what the contract says; carries the schema's issues. */
export class RequestFault extends Error {
  override name = 'RequestFault'
  readonly statusCode = 400
  readonly issues: readonly object[]
  constructor(issues: readonly object[]) {
    super('the request does not fit the contract')
    this.issues = issues
  }
}
