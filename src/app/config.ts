import { resolve } from 'node:path'
import { databaseConfigFromEnvironment, type DatabaseConfig } from '#database'
import { fail, ok, type Result } from '#kernel'
import type { LogLevel } from '#observability'

export type Environment = Readonly<Record<string, string | undefined>>

/** Where a partner of one's own answers, and the token it wants. */
export interface PartnerAddress {
  readonly baseUrl: string
  readonly token?: string
}

/** A collection of a TAXII server: its API root and its id. */
export interface FeedAddress {
  readonly name: string
  readonly kind: 'url' | 'file'
  readonly baseUrl: string
  readonly collection: string
  readonly token?: string
}

export const partnerNames = ['carrier', 'bank', 'fund', 'insurer', 'identity'] as const
export type PartnerName = (typeof partnerNames)[number]

/** Everything the environment decides, read once. */
export interface Config {
  readonly database: DatabaseConfig
  /** Where secrets are kept that must not be in the database. */
  readonly folder: string
  readonly host: string
  readonly port: number
  /** Behind HTTPS: Secure cookies, HSTS. */
  readonly https: boolean
  readonly trustProxy: boolean
  readonly logLevel: LogLevel
  /** Key of the fingerprints; null: one is made and kept in `folder`. */
  readonly pepper: string | null
  /** Where customers' browsers find us (`https://wallet.example`); null: `localhost` alone. */
  readonly site: string | null
  /** A file of leaked passwords' SHA-1; null: passwords are not compared. */
  readonly breachList: string | null
  readonly policy: 'today' | '2013' | 'none'
  readonly partners: Readonly<Partial<Record<PartnerName, PartnerAddress>>>
  /** The fund manager is reached by files (`coffer fund files`) and not by calls. */
  readonly fundFiles: boolean
  /** A file of the fund with more bytes is refused unread. */
  readonly fundFileBytes: number
  /** A list of networks (CSV); null: there is none. */
  readonly networksFile: string | null
  /** Collections of STIX over TAXII 2.1. */
  readonly feeds: readonly FeedAddress[]
  /** What partners show who call us, by name. */
  readonly partnerTokens: { readonly carrier?: string; readonly guard?: string }
}

/** About a million records of file 05; reading takes some twelve times as much memory. */
const usualFundFileMb = 100

const logLevels: readonly LogLevel[] = ['silent', 'error', 'warn', 'info', 'debug']
const policies = ['today', '2013', 'none'] as const

/** Reads the environment; flags win over it. Errors: all faults together, as sentences. */
export function readConfig(
  environment: Environment,
  checkout: string,
  flags: { readonly host?: string; readonly port?: string } = {},
): Result<Config, readonly string[]> {
  const faults: string[] = []
  const complain = (sentence: string) => {
    faults.push(sentence)
    return undefined
  }
  const text = (name: string) => environment[name] || undefined
  const oneOf = <T extends string>(name: string, choices: readonly T[], usual: T): T => {
    const value = text(name) ?? usual
    const found = choices.find((choice) => choice === value)
    return found ?? complain(`${name} is one of ${choices.join(', ')}`) ?? usual
  }
  const flag = (name: string) => oneOf(name, ['0', '1'], '0') === '1'
  const database = databaseConfigFromEnvironment(environment, checkout)
  if (!database.ok) faults.push(...database.error)
  const portText = flags.port ?? text('COFFER_PORT') ?? '8080'
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : -1
  if (port < 0 || port > 65_535) complain(`the port is a number from 0 to 65535, not ${portText}`)
  const pepper = text('COFFER_PEPPER') ?? null
  if (pepper !== null && pepper.length < 16) complain('COFFER_PEPPER has at least 16 characters')
  const site = text('COFFER_SITE') ?? null
  if (site !== null && !isSite(site)) {
    complain('COFFER_SITE is https:// and a host name, as browsers show it (http for localhost)')
  }
  const partners = readPartners(text, complain)
  const shownToUs = (name: string) => {
    const token = text(name)
    if (token === undefined || /^[\x21-\x7e]{32,}$/.test(token)) return token
    return complain(`${name} has at least 32 printable characters and no space`)
  }
  const eventsToken = shownToUs('COFFER_CARRIER_EVENTS_TOKEN')
  const guardToken = shownToUs('COFFER_GUARD_TOKEN')
  const fundFiles = flag('COFFER_FUND_FILES')
  if (fundFiles && partners.fund !== undefined) {
    complain('COFFER_FUND_FILES and COFFER_FUND_URL: one way to the fund manager, not both')
  }
  const sizeText = text('COFFER_FUND_FILE_MB') ?? `${usualFundFileMb}`
  const fundFileMb = /^\d{1,5}$/.test(sizeText) ? Number(sizeText) : 0
  if (fundFileMb === 0) complain('COFFER_FUND_FILE_MB is a whole number of megabytes above zero')
  const config = {
    folder: resolve(text('COFFER_DATA') ?? resolve(checkout, '.coffer')),
    host: flags.host ?? text('COFFER_HOST') ?? '127.0.0.1',
    port,
    https: flag('COFFER_HTTPS'),
    trustProxy: flag('COFFER_TRUST_PROXY'),
    logLevel: oneOf('COFFER_LOG', logLevels, 'warn'),
    pepper,
    site,
    breachList: text('COFFER_BREACH_LIST') ?? null,
    policy: oneOf('COFFER_POLICY', policies, 'today'),
    partners,
    fundFiles,
    fundFileBytes: fundFileMb * 1_000_000,
    partnerTokens: {
      ...(eventsToken !== undefined && { carrier: eventsToken }),
      ...(guardToken !== undefined && { guard: guardToken }),
    },
    networksFile: text('COFFER_NETWORKS') ?? null,
    feeds: readFeeds(text, complain),
  }
  return database.ok && faults.length === 0
    ? ok({ ...config, database: database.value })
    : fail(faults)
}

/** `COFFER_PHISHING_FEED_URL` (`https://host/root/collections/id`), its `_TOKEN`; and `MALWARE`. */
function readFeeds(
  text: (name: string) => string | undefined,
  complain: (sentence: string) => void,
): FeedAddress[] {
  const kinds = { phishing: 'url', malware: 'file' } as const
  return (['phishing', 'malware'] as const).flatMap((name) => {
    const variable = `COFFER_${name.toUpperCase()}_FEED`
    const url = text(`${variable}_URL`)
    if (url === undefined) return []
    const parts = /^(https?:\/\/[^?#]+)\/collections\/([^/?#]+)\/?$/.exec(url)
    if (parts === null) {
      complain(`${variable}_URL is not the URL of a collection: https://host/root/collections/id`)
      return []
    }
    const [, baseUrl = '', id = ''] = parts
    const token = text(`${variable}_TOKEN`)
    return [
      { name, kind: kinds[name], baseUrl, collection: id, ...(token !== undefined && { token }) },
    ]
  })
}

/** Browsers keep passkeys for host names reached by https, and for this machine. */
function isSite(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, pathname, search } = new URL(address)
  if (pathname !== '/' || search !== '' || !/[a-z]/i.test(hostname)) return false
  return protocol === 'https:' || (protocol === 'http:' && hostname === 'localhost')
}

/** `COFFER_BANK_URL` and `COFFER_BANK_TOKEN`, and the same for the other partners. */
function readPartners(
  text: (name: string) => string | undefined,
  complain: (sentence: string) => void,
): Config['partners'] {
  const partners: Partial<Record<PartnerName, PartnerAddress>> = {}
  for (const name of partnerNames) {
    const variable = `COFFER_${name.toUpperCase()}_URL`
    const url = text(variable)
    const token = text(`COFFER_${name.toUpperCase()}_TOKEN`)
    if (url === undefined) {
      if (token !== undefined) complain(`${variable} is missing, its token is not`)
      continue
    }
    if (!/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : '')) {
      complain(`${variable} is not an http or https URL`)
      continue
    }
    partners[name] = { baseUrl: url.replace(/\/+$/, ''), ...(token !== undefined && { token }) }
  }
  return partners
}
