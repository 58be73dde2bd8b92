import { createHash, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto'

/** What may be wrong with a proof, to see that it is refused. */
export interface Faults {
  readonly origin?: string
  readonly rpId?: string
  readonly challenge?: string
  readonly counter?: number
  /** The owner was there, but did not show finger, face or PIN. */
  readonly unverified?: true
  readonly crossOrigin?: true
  readonly type?: string
  /** Signs with another key than the passkey's. */
  readonly foreignKey?: true
}

interface Passkey {
  readonly id: string
  readonly rpId: string
  readonly keys: { publicKey: KeyObject; privateKey: KeyObject }
  counter: number
}

interface CreationOptions {
  readonly challenge: string
  readonly rp: { readonly id: string }
}

interface RequestOptions {
  readonly challenge: string
  readonly rpId: string
  readonly allowCredentials?: readonly { readonly id: string }[]
}

/**
 * An authenticator in software: real P-256 keys, authenticator data, CBOR, self attestation
 * ("packed") and assertions as WebAuthn level 2 describes them. It does what it is told, also what
 * no honest one would do.
 */
export function createAuthenticator(origin: string) {
  const passkeys: Passkey[] = []
  const browser = (type: string, challenge: string, faults: Faults): string =>
    Buffer.from(
      JSON.stringify({
        type: faults.type ?? type,
        challenge: faults.challenge ?? challenge,
        origin: faults.origin ?? origin,
        crossOrigin: faults.crossOrigin ?? false,
      }),
    ).toString('base64url')

  return {
    /** Ids of the passkeys it keeps, the last one made last. */
    ids: () => passkeys.map(({ id }) => id),
    /** Makes a passkey; the answer is what a browser would send. */
    create(options: CreationOptions, faults: Faults = {}) {
      const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const made: Passkey = {
        id: sha256(keys.publicKey.export({ format: 'der', type: 'spki' })).toString('base64url'),
        rpId: options.rp.id,
        keys,
        counter: faults.counter ?? 0,
      }
      passkeys.push(made)
      const clientDataJSON = browser('webauthn.create', options.challenge, faults)
      const authData = Buffer.concat([
        header(made, faults, flagAttested),
        Buffer.alloc(16),
        uint16(Buffer.from(made.id, 'base64url').length),
        Buffer.from(made.id, 'base64url'),
        coseKey(keys.publicKey),
      ])
      const sig = signed(keys.privateKey, authData, clientDataJSON)
      const attestationObject = map([
        ['fmt', text('packed')],
        [
          'attStmt',
          map([
            ['alg', integer(-7)],
            ['sig', byteString(sig)],
          ]),
        ],
        ['authData', byteString(authData)],
      ]).toString('base64url')
      return {
        id: made.id,
        type: 'public-key' as const,
        response: { clientDataJSON, attestationObject, transports: ['internal'] },
      }
    },
    /** Uses a passkey: the last one made, or the one that was asked for. */
    get(options: RequestOptions, faults: Faults = {}) {
      const asked = options.allowCredentials?.map(({ id }) => id) ?? []
      const known = passkeys.findLast(({ id }) => asked.length === 0 || asked.includes(id))
      if (known === undefined) throw new Error('this authenticator has no such passkey')
      known.counter = faults.counter ?? known.counter + 1
      const clientDataJSON = browser('webauthn.get', options.challenge, faults)
      const authData = header(known, faults, 0)
      const foreign = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
      const key = faults.foreignKey === true ? foreign : known.keys.privateKey
      return {
        id: known.id,
        type: 'public-key' as const,
        response: {
          clientDataJSON,
          authenticatorData: authData.toString('base64url'),
          signature: signed(key, authData, clientDataJSON).toString('base64url'),
        },
      }
    },
  }
}

export type Authenticator = ReturnType<typeof createAuthenticator>

const flagPresent = 0x01
const flagVerified = 0x04
const flagAttested = 0x40

/** RP id hash, flags, counter. */
function header(used: Passkey, faults: Faults, more: number): Buffer {
  const flags = flagPresent | (faults.unverified === true ? 0 : flagVerified) | more
  const rest = Buffer.alloc(5)
  rest.writeUInt8(flags, 0)
  rest.writeUInt32BE(used.counter, 1)
  return Buffer.concat([sha256(faults.rpId ?? used.rpId), rest])
}

function signed(key: KeyObject, authData: Buffer, clientDataJSON: string): Buffer {
  const hash = sha256(Buffer.from(clientDataJSON, 'base64url'))
  return createSign('sha256')
    .update(Buffer.concat([authData, hash]))
    .sign(key)
}

function sha256(content: string | Buffer): Buffer {
  return createHash('sha256').update(content).digest()
}

/** EC2 key, ES256, P-256, x, y. */
function coseKey(publicKey: KeyObject): Buffer {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  return map([
    [1, integer(2)],
    [3, integer(-7)],
    [-1, integer(1)],
    [-2, byteString(Buffer.from(x, 'base64url'))],
    [-3, byteString(Buffer.from(y, 'base64url'))],
  ])
}

/** CBOR (RFC 8949), as much of it as is needed: a head of major type and length. */
function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value])
  if (value < 256) return Buffer.from([(major << 5) | 24, value])
  return Buffer.concat([Buffer.from([(major << 5) | 25]), uint16(value)])
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

function integer(value: number): Buffer {
  return value < 0 ? head(1, -1 - value) : head(0, value)
}

function byteString(bytes: Buffer): Buffer {
  return Buffer.concat([head(2, bytes.length), bytes])
}

function text(value: string): Buffer {
  return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
}

function map(entries: readonly (readonly [number | string, Buffer])[]): Buffer {
  const parts = entries.map(([name, value]) =>
    Buffer.concat([typeof name === 'number' ? integer(name) : text(name), value]),
  )
  return Buffer.concat([head(5, entries.length), ...parts])
}
