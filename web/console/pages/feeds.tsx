import { IconAlertTriangle } from '@tabler/icons-react'
import { count, duration, when } from '../../shared/format.ts'
import { useLiveBoard } from '../live-board.ts'
import { Waiting } from '../parts/states.tsx'
import { useFeeds } from '../queries.ts'
import { texts } from '../texts.ts'
import type { CallAnswer } from '../../shared/api.ts'

const t = texts.feeds
type Feed = CallAnswer<'GET /v1/operator/feeds'>['data'][number]

const settings = { url: 'COFFER_PHISHING_FEED_URL', file: 'COFFER_MALWARE_FEED_URL' } as const

/** What we know from outside, how old it is, and loudly what is not believed. */
export function FeedsPage() {
  const { data, error, refetch } = useFeeds()
  if (data === undefined) return <Waiting error={error} again={() => void refetch()} />
  const doubted = data.data.filter(({ state }) => state !== 'fresh')
  return (
    <div className="page">
      <header className="desk-head">
        <h1>{t.title}</h1>
      </header>
      <p className="page-text">{t.text}</p>
      {doubted.length > 0 && (
        <section className="loud" role="alert">
          <IconAlertTriangle size={30} stroke={1.7} aria-hidden="true" />
          <div>
            <strong>{t.loud(doubted.map(({ name }) => name).join(', '))}</strong>
            <p>{t.loudText}</p>
          </div>
        </section>
      )}
      <div className="cards">
        {data.data.map((feed) => (
          <FeedCard key={feed.name} feed={feed} />
        ))}
        {data.data.length === 0 && (
          <section className="panel">
            <h2>{t.kinds.url}</h2>
            <p>{t.noFeeds}</p>
            <p className="panel-hint">{t.set(settings.url)}</p>
            <p className="panel-hint">{t.set(settings.file)}</p>
          </section>
        )}
        <Networks ranges={data.network_ranges} />
      </div>
    </div>
  )
}

function FeedCard({ feed }: { feed: Feed }) {
  const { board } = useLiveBoard()
  const { name, kind, state, entries, read_at: readAt, max_age_seconds: most, failure } = feed
  const age =
    readAt === null || board === undefined
      ? null
      : Math.max(0, Date.parse(board.simulated_now) - Date.parse(readAt))
  const share = age === null ? 1 : Math.min(1, age / (most * 1_000))
  const look = state === 'fresh' ? 'is-allow' : 'is-deny'
  return (
    <section className={`panel feed is-${state}`} aria-label={name}>
      <header className="feed-head">
        <h2>{t.kinds[kind]}</h2>
        <span className={`chip ${look}`}>{t.states[state]}</span>
      </header>
      <p className="feed-name">{name}</p>
      <p className="feed-figure num">
        {count(entries)} <span>{t.entries}</span>
      </p>
      <div className="feed-bar" aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </div>
      <dl className="pairs">
        <div>
          <dt>{t.age}</dt>
          <dd className="num">
            {age === null ? '–' : duration(age)} <small>{t.most(duration(most * 1_000))}</small>
          </dd>
        </div>
        <div>
          <dt>{t.readAt}</dt>
          <dd className="num">{readAt === null ? t.states.never_read : when(readAt, 'moment')}</dd>
        </div>
      </dl>
      {failure !== null && (
        <p className="refusal">
          <strong>{t.failure}:</strong> {failure}
        </p>
      )}
    </section>
  )
}

function Networks({ ranges }: { ranges: number | null }) {
  return (
    <section className="panel feed" aria-label={t.networks}>
      <header className="feed-head">
        <h2>{t.networks}</h2>
        <span className={`chip ${ranges === null ? '' : 'is-allow'}`}>
          {ranges === null ? texts.none : t.states.fresh}
        </span>
      </header>
      {ranges === null ? (
        <>
          <p>{t.noNetworks}</p>
          <p className="panel-hint">{t.set('COFFER_NETWORKS')}</p>
        </>
      ) : (
        <>
          <p className="feed-figure num">
            {count(ranges)} <span>{t.ranges}</span>
          </p>
          <p className="panel-hint">{t.networksText}</p>
        </>
      )}
    </section>
  )
}
