import { Badge, Menu, UnstyledButton } from '@mantine/core'
import {
  IconArrowsExchange,
  IconHome,
  IconLogout,
  IconSend,
  IconShieldHalf,
} from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link, Navigate, Outlet, useNavigate } from '@tanstack/react-router'
import { ApiError } from '../../shared/api.ts'
import { Mark } from '../../shared/mark.tsx'
import { useMe } from '../queries.ts'
import { useSessionRotation } from '../session-rotation.ts'
import { api, leave } from '../session.ts'
import { texts } from '../texts.ts'
import { FrozenBar } from './frozen-bar.tsx'
import { Initials } from './initials.tsx'
import { Splash, Trouble } from './states.tsx'
import { WaitingSignIns } from './waiting-sign-ins.tsx'
import { Warnings } from './warnings.tsx'
import type { Me } from '#contract'

const places = [
  { to: '/', label: texts.nav.home, Icon: IconHome },
  { to: '/pay', label: texts.nav.pay, Icon: IconSend },
  { to: '/activity', label: texts.nav.activity, Icon: IconArrowsExchange },
  { to: '/safety', label: texts.nav.safety, Icon: IconShieldHalf },
] as const

/** Around every page of a signed-in customer; who is not goes to the sign-in. */
export function Frame() {
  const { data, error, refetch } = useMe()
  useSessionRotation(data)
  if (error instanceof ApiError && error.status === 401) return <Navigate to="/sign-in" replace />
  if (data === undefined) {
    return error === null ? <Splash /> : <Trouble error={error} again={() => void refetch()} />
  }
  return (
    <div className="frame">
      <a className="skip-link" href="#content">
        {texts.nav.skip}
      </a>
      <TopBar me={data} />
      <nav className="nav" aria-label={texts.brand}>
        {places.map(({ to, label, Icon }) => (
          <Link key={to} to={to} className="nav-item" activeOptions={{ exact: to === '/' }}>
            <Icon size={23} stroke={1.7} aria-hidden="true" />
            <span>{label}</span>
          </Link>
        ))}
      </nav>
      <main id="content" className="content" tabIndex={-1}>
        <FrozenBar customer={data.customer} reportId={data.open_report_id} />
        <WaitingSignIns me={data} />
        <Warnings warnings={data.warnings} />
        <Outlet />
      </main>
    </div>
  )
}

function TopBar({ me }: { me: Me }) {
  return (
    <header className="topbar">
      <Link to="/" className="brand">
        <Mark size={26} />
        <span>{texts.brand}</span>
      </Link>
      {me.simulated && (
        <Badge variant="outline" color="green" size="sm" fw={500} tt="none" ml={6}>
          {texts.simulated}
          <span className="simulated-long">{texts.simulatedLong}</span>
        </Badge>
      )}
      <Account me={me} />
    </header>
  )
}

function Account({ me }: { me: Me }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const signOut = async () => {
    await api.call('POST /v1/sign-out', {}).catch(() => undefined)
    leave()
    await navigate({ to: '/sign-in' })
    client.clear()
  }
  return (
    <Menu position="bottom-end" width={230} shadow="md">
      <Menu.Target>
        <UnstyledButton aria-label={me.customer.name} className="account">
          <Initials name={me.customer.name} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.customer.name} · {me.customer.phone_masked}
        </Menu.Label>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          {texts.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
