import type { FactsOptions } from '#cli'
import { createReadProfile, type ProfileView } from '#flows'
import { toRfc3339 } from '#kernel'
import { formatAmount } from '#money'
import type { Config } from './config.ts'
import { withCoffer } from './with-coffer.ts'

const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

/** `coffer facts`. Exit 2: nothing is known of this account. */
export function factsAction(config: Config, options: FactsOptions): Promise<number> {
  return withCoffer(config, say, async ({ coffer }) => {
    const found = await createReadProfile(coffer.context)(options.account)
    if (!found.ok) {
      say(`${options.account}: ${found.error.code}`)
      if (options.json) print({ error: found.error })
      return 2
    }
    sayProfile(found.value)
    if (options.json) print(presented(found.value))
    return 0
  })
}

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

function sayProfile({ holder, at, profile, decisions }: ProfileView): void {
  say(`${holder} as of ${toRfc3339(at)}: ${profile.bytes} bytes, since ${toRfc3339(profile.since)}`)
  const { paymentsEver, largestPayment, dormantDays, lastActive } = profile
  say(`last active ${toRfc3339(lastActive)}, dormant ${dormantDays} days`)
  const { muleSince, muleLinks, tooLate } = profile
  if (muleSince !== null) say(`known as a mule since ${toRfc3339(muleSince)}`)
  if (muleLinks > 0) say(`linked to ${muleLinks} known mules`)
  if (tooLate > 0) say(`${tooLate} events came more than 30 days late: in no window`)
  say(`payments ever: ${paymentsEver}, largest ${yuan(largestPayment)}`)
  for (const [kind, windows] of Object.entries(profile.windows)) {
    const parts = Object.entries(windows).map(([name, { count, sum }]) => {
      return `${name} ${count} (${yuan(sum)})`
    })
    say(`${kind}: ${parts.join(' · ')}`)
  }
  for (const side of ['payees', 'payers', 'devices', 'networks'] as const) {
    say(`${side}: ${profile[side].length}`)
    for (const { id, hash, first, last } of profile[side].slice(-10)) {
      say(`  ${id ?? `#${hash}`}  first ${toRfc3339(first)}  last ${toRfc3339(last)}`)
    }
  }
  for (const { row, hits } of decisions) {
    const why = hits.map(({ rule, observed, threshold }) => `${rule} ${observed}/${threshold}`)
    say(`${toRfc3339(row.at)} ${row.step}: ${row.outcome} ${row.score}  ${why.join(', ')}`)
  }
}

function presented({ holder, at, profile, decisions }: ProfileView): object {
  const places = (list: ProfileView['profile']['devices']) =>
    list.map(({ first, last, ...rest }) => {
      return { ...rest, first: toRfc3339(first), last: toRfc3339(last) }
    })
  const parties = (list: ProfileView['profile']['payees']) =>
    places(list).map((each, index) => {
      const { count = 0, sum = 0 } = list[index] ?? {}
      return { ...each, count, sum: yuan(sum) }
    })
  const { since, lastActive, largestPayment, payees, payers, devices, networks } = profile
  return {
    holder,
    at: toRfc3339(at),
    profile: {
      ...profile,
      since: toRfc3339(since),
      lastActive: toRfc3339(lastActive),
      muleSince: profile.muleSince === null ? null : toRfc3339(profile.muleSince),
      largestPayment: yuan(largestPayment),
      windows: windowsShown(profile.windows),
      payees: parties(payees),
      payers: parties(payers),
      devices: places(devices),
      networks: places(networks),
    },
    decisions: decisions.map(({ row, policyName, hits }) => ({
      id: row.id,
      at: toRfc3339(row.at),
      step: row.step,
      outcome: row.outcome,
      score: row.score,
      policy: policyName,
      reasons: hits.map(({ rule, code, observed, threshold }) => ({
        rule,
        code,
        observed,
        threshold,
      })),
    })),
  }
}

function windowsShown(windows: ProfileView['profile']['windows']): object {
  return Object.fromEntries(
    Object.entries(windows).map(([kind, byName]) => [
      kind,
      Object.fromEntries(
        Object.entries(byName).map(([name, { count, sum, largest }]) => [
          name,
          { count, sum: yuan(sum), largest: yuan(largest) },
        ]),
      ),
    ]),
  )
}

function yuan(fen: number): string {
  return formatAmount(BigInt(fen))
}
