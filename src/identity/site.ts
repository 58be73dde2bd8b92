/** Where customers' browsers find us: a passkey belongs to one site and works on no other. */
export interface Site {
  /** The relying party's id: the host name, without port. */
  readonly rpId: string
  /** True for the pages' own origin. */
  isOrigin(origin: string): boolean
}

/**
 * The site under this address (`https://wallet.example`). null: this machine alone, under the name
 * `localhost` and any port, where no foreign page can be.
 */
export function siteAt(address: string | null): Site {
  if (address === null) {
    return {
      rpId: 'localhost',
      isOrigin: (origin) => /^https?:\/\/localhost(:\d{1,5})?$/.test(origin),
    }
  }
  const { hostname, origin: own } = new URL(address)
  return { rpId: hostname, isOrigin: (origin) => origin === own }
}
