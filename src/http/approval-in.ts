/** What a body may carry that approves something, as flows take it. */
export function approvalIn({
  signature,
  password,
}: {
  signature?: string | undefined
  password?: string | undefined
}): { signature?: string; password?: string } {
  return {
    ...(signature !== undefined && { signature }),
    ...(password !== undefined && { password }),
  }
}
