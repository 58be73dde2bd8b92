import { Link } from '@tanstack/react-router'
import type { IconHome } from '@tabler/icons-react'

interface NavLinkProps {
  to: string
  label: string
  Icon: typeof IconHome
  count?: number | undefined
}

/** One place of the console, with how much waits there. */
export function NavLink({ to, label, Icon, count }: NavLinkProps) {
  return (
    <Link to={to} className="nav-item" activeOptions={{ exact: to === '/', includeSearch: false }}>
      <Icon size={20} stroke={1.7} aria-hidden="true" />
      <span>{label}</span>
      {count !== undefined && count > 0 && <span className="nav-count num">{count}</span>}
    </Link>
  )
}
