import { travelKmh, type NetworkList, type TerminalFacts, type ThreatLists } from '#risk'
import type { Instant } from '#kernel'
import type { ThreatFeed } from '#partners'
import type { DeviceSignals, FlowContext } from './context.ts'

/** What is known outside of us: whose networks are whose, which pages and apps are bad. */
export interface Intelligence {
  /** null: the host gave no list. */
  readonly networks: NetworkList | null
  readonly threats: ThreatLists
  /** Where the lists come from; only what a feed says of its own kind is taken. */
  readonly feeds: readonly {
    readonly name: string
    readonly kind: 'url' | 'file'
    readonly feed: ThreatFeed
  }[]
}

/** What the app says of the phone it runs on. Hashes: SHA-256 in hex; null: not reported. */
export interface TerminalReport {
  readonly rooted: boolean
  readonly accessibilityAbuse: boolean
  readonly appTampered: boolean
  readonly appHashes: readonly string[] | null
  readonly urlHashes: readonly string[] | null
}

/**
 * A terminal's report held against feeds and lists: the guard's facts. A stale feed's word is
 * unknown, and the fact says stale. In memory: microseconds; no errors.
 */
export function createAssessTerminal(context: Pick<FlowContext, 'now' | 'intelligence'>) {
  return (report: TerminalReport, network: string): TerminalFacts => {
    const { intelligence } = context
    const now = context.now()
    const malware = intelligence?.threats.match('file', report.appHashes, now) ?? notAsked
    const phishing = intelligence?.threats.match('url', report.urlHashes, now) ?? notAsked
    return {
      malware: malware.signal,
      phishing: phishing.signal,
      networkKind: intelligence?.networks?.find(network)?.kind ?? 'unknown',
      rooted: report.rooted,
      accessibilityAbuse: report.accessibilityAbuse,
      appTampered: report.appTampered,
      feedStale: malware.stale || phishing.stale,
      travelKmh: 0,
    }
  }
}

const notAsked = { signal: 'unknown', stale: false } as const

/** The same signals with how fast the customer came here from where he was seen before. */
export function withTravel(
  context: Pick<FlowContext, 'now' | 'intelligence'>,
  signals: DeviceSignals,
  seen: { network: string; before: { network: string; at: Instant } | null },
): DeviceSignals {
  const { before, network } = seen
  const networks = context.intelligence?.networks
  if (!networks || !signals.terminal || before === null || before.network === network) {
    return signals
  }
  const here = networks.find(network)
  const there = networks.find(before.network)
  if (here === undefined || there === undefined) return signals
  const from = { at: before.at, place: there.country }
  const speed = travelKmh(from, { at: context.now(), place: here.country })
  return { ...signals, terminal: { ...signals.terminal, travelKmh: speed } }
}

/** How the feeds are, for staff. */
export function createReadFeeds(context: Pick<FlowContext, 'now' | 'intelligence'>) {
  return () => ({
    networks: context.intelligence?.networks?.ranges ?? null,
    feeds: context.intelligence?.threats.health(context.now()) ?? [],
  })
}
