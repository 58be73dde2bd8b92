/** The signature of a body that may carry one, as flows take it. */
export function signatureIn({ signature }: { signature?: string | undefined }): {
  signature?: string
} {
  return signature === undefined ? {} : { signature }
}
