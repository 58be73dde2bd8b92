import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router'
import type { AuditFilter } from './queries.ts'
import { Frame } from './parts/frame.tsx'
import { NotFound, PageError } from './parts/page-error.tsx'
import { BoardPage } from './pages/board.tsx'
import { SignInPage } from './pages/sign-in.tsx'

const root = createRootRoute({ notFoundComponent: NotFound, errorComponent: PageError })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: SignInPage,
})

/** Everything inside is for a signed-in operator. */
const frame = createRoute({ getParentRoute: () => root, id: 'frame', component: Frame })

/** Which item is open is part of the address, so that it can be sent to a colleague. */
const chosen = ({ id }: Record<string, unknown>): { id?: string } =>
  typeof id === 'string' ? { id } : {}

const narrowings = ['operator_id', 'action', 'subject'] as const

/** So is what the audit log is narrowed to. */
const narrowed = (search: Record<string, unknown>): AuditFilter =>
  Object.fromEntries(
    narrowings.flatMap((name) => {
      const value = search[name]
      return typeof value === 'string' && value !== '' ? [[name, value]] : []
    }),
  )

const tree = root.addChildren([
  signIn,
  frame.addChildren([
    createRoute({ getParentRoute: () => frame, path: '/', component: BoardPage }),
    createRoute({
      getParentRoute: () => frame,
      path: '/queue',
      validateSearch: chosen,
      component: lazyRouteComponent(() => import('./pages/queue.tsx'), 'QueuePage'),
    }),
    createRoute({
      getParentRoute: () => frame,
      path: '/claims',
      validateSearch: chosen,
      component: lazyRouteComponent(() => import('./pages/claims.tsx'), 'ClaimsPage'),
    }),
    createRoute({
      getParentRoute: () => frame,
      path: '/decisions',
      validateSearch: chosen,
      component: lazyRouteComponent(() => import('./pages/decisions.tsx'), 'DecisionsPage'),
    }),
    createRoute({
      getParentRoute: () => frame,
      path: '/policies',
      validateSearch: chosen,
      component: lazyRouteComponent(() => import('./pages/policies.tsx'), 'PoliciesPage'),
    }),
    createRoute({
      getParentRoute: () => frame,
      path: '/policies/new',
      validateSearch: chosen,
      component: lazyRouteComponent(() => import('./pages/policy-draft.tsx'), 'PolicyDraftPage'),
    }),
    createRoute({
      getParentRoute: () => frame,
      path: '/feeds',
      component: lazyRouteComponent(() => import('./pages/feeds.tsx'), 'FeedsPage'),
    }),
    createRoute({
      getParentRoute: () => frame,
      path: '/fund',
      component: lazyRouteComponent(() => import('./pages/fund.tsx'), 'FundPage'),
    }),
    createRoute({
      getParentRoute: () => frame,
      path: '/audit',
      validateSearch: narrowed,
      component: lazyRouteComponent(() => import('./pages/audit.tsx'), 'AuditPage'),
    }),
    createRoute({
      getParentRoute: () => frame,
      path: '/replay',
      validateSearch: chosen,
      component: lazyRouteComponent(() => import('./pages/replay.tsx'), 'ReplayPage'),
    }),
  ]),
])

export const router = createRouter({ routeTree: tree, basepath: '/console' })
