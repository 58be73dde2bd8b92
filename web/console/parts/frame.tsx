import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import {
  IconActivity,
  IconBuildingBank,
  IconGavel,
  IconHourglass,
  IconListSearch,
  IconLogout,
  IconMoon,
  IconRss,
  IconScale,
  IconSpy,
  IconSun,
  IconUmbrella,
} from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link, Navigate, Outlet, useNavigate } from '@tanstack/react-router'
import { ApiError } from '../../shared/api.ts'
import { Mark } from '../../shared/mark.tsx'
import { useLiveBoard } from '../live-board.ts'
import { useFeeds, useMay, useOperator } from '../queries.ts'
import { api, leave } from '../session.ts'
import { texts } from '../texts.ts'
import { ClockBar } from './clock-bar.tsx'
import { NavLink } from './nav-link.tsx'
import { Splash, Trouble } from './states.tsx'
import type { OperatorMe } from '#contract'

/** Around every page of a signed-in operator; who is not goes to the sign-in. */
export function Frame() {
  const { data, error, refetch } = useOperator()
  if (error instanceof ApiError && error.status === 401) return <Navigate to="/sign-in" replace />
  if (data === undefined) {
    return error === null ? <Splash /> : <Trouble error={error} again={() => void refetch()} />
  }
  return (
    <div className="frame">
      <a className="skip-link" href="#content">
        {texts.skip}
      </a>
      <Rail me={data} />
      <div className="stage">
        <TopBar />
        <main id="content" className="content" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
    </div>
  )
}

/** Where somebody gets to who may do what the place is for. */
const places = [
  { to: '/queue', label: texts.nav.queue, Icon: IconHourglass, action: 'listReviews' },
  { to: '/claims', label: texts.nav.claims, Icon: IconUmbrella, action: 'listOperatorClaims' },
  { to: '/decisions', label: texts.nav.decisions, Icon: IconGavel, action: 'listDecisions' },
  { to: '/policies', label: texts.nav.policies, Icon: IconScale, action: 'listPolicies' },
  { to: '/feeds', label: texts.nav.feeds, Icon: IconRss, action: 'listFeeds' },
  { to: '/fund', label: texts.nav.fund, Icon: IconBuildingBank, action: 'getOperatorFund' },
  { to: '/audit', label: texts.nav.audit, Icon: IconListSearch, action: 'listAudit' },
  { to: '/replay', label: texts.nav.replay, Icon: IconSpy, action: 'getReplay' },
] as const

function Rail({ me }: { me: OperatorMe }) {
  const { board } = useLiveBoard()
  const may = useMay()
  const { data: feeds } = useFeeds()
  const waiting: Record<string, number | undefined> = {
    '/queue': board?.queue.size,
    '/claims': board?.claims_open,
    '/feeds': feeds?.data.filter(({ state }) => state !== 'fresh').length,
  }
  return (
    <aside className="rail">
      <Link to="/" className="brand">
        <Mark size={28} />
        <span>
          {texts.brand}
          <small>{texts.console}</small>
        </span>
      </Link>
      <nav aria-label={texts.console}>
        <NavLink to="/" label={texts.nav.board} Icon={IconActivity} />
        {places.map(
          ({ to, label, Icon, action }) =>
            may(action) && (
              <NavLink key={to} to={to} label={label} Icon={Icon} count={waiting[to]} />
            ),
        )}
      </nav>
      <Operator me={me} />
    </aside>
  )
}

function Operator({ me }: { me: OperatorMe }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('dark')
  const signOut = async () => {
    await api.call('POST /v1/operator/sign-out', {}).catch(() => undefined)
    leave()
    await navigate({ to: '/sign-in' })
    client.clear()
  }
  const button = { variant: 'subtle', color: 'gray', size: 'lg' } as const
  return (
    <div className="operator">
      <p>
        {me.name}
        <small>{me.roles.join(', ')}</small>
      </p>
      <ActionIcon
        {...button}
        aria-label={texts.theme}
        onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
      >
        {scheme === 'dark' ? <IconSun size={18} /> : <IconMoon size={18} />}
      </ActionIcon>
      <ActionIcon {...button} aria-label={texts.signOut} onClick={() => void signOut()}>
        <IconLogout size={18} />
      </ActionIcon>
    </div>
  )
}

function TopBar() {
  const { state, board } = useLiveBoard()
  return (
    <header className="topbar">
      <ClockBar />
      {board !== undefined && (
        <span className="topbar-policy">
          {texts.board.policy} <strong>{board.policy.name}</strong>
        </span>
      )}
      <span className={`live is-${state}`} aria-live="polite">
        <span className="live-dot" aria-hidden="true" />
        {texts.live[state]}
      </span>
    </header>
  )
}
