import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { Frame } from './parts/frame.tsx'
import { NotFound, PageError } from './parts/page-error.tsx'
import { ActivityPage } from './pages/activity.tsx'
import { BankPage } from './pages/bank.tsx'
import { FiledPage } from './pages/filed.tsx'
import { FundPage } from './pages/fund.tsx'
import { HomePage } from './pages/home.tsx'
import { PayPage } from './pages/pay.tsx'
import { PaymentPage } from './pages/payment.tsx'
import { ReportPage } from './pages/report.tsx'
import { ResetPage } from './pages/reset.tsx'
import { RobbedPage } from './pages/robbed.tsx'
import { SafetyPage } from './pages/safety.tsx'
import { SignInPage } from './pages/sign-in.tsx'
import { SignUpPage } from './pages/sign-up.tsx'

const root = createRootRoute({ notFoundComponent: NotFound, errorComponent: PageError })
const at = <Path extends string>(path: Path, component: () => React.ReactNode) =>
  createRoute({ getParentRoute: () => root, path, component })

/** Everything inside is for a signed-in customer. */
const frame = createRoute({ getParentRoute: () => root, id: 'frame', component: Frame })
const inside = <Path extends string>(path: Path, component: () => React.ReactNode) =>
  createRoute({ getParentRoute: () => frame, path, component })

const fund = createRoute({
  getParentRoute: () => frame,
  path: '/fund',
  component: FundPage,
  validateSearch: ({ way }: Record<string, unknown>): { way?: 'in' | 'out' } =>
    way === 'in' || way === 'out' ? { way } : {},
})

const robbed = createRoute({
  getParentRoute: () => frame,
  path: '/robbed',
  component: RobbedPage,
  validateSearch: ({ payment }: Record<string, unknown>): { payment?: string } =>
    typeof payment === 'string' ? { payment } : {},
})

const tree = root.addChildren([
  at('/sign-in', SignInPage),
  at('/sign-up', SignUpPage),
  at('/reset', ResetPage),
  at('/filed', FiledPage),
  frame.addChildren([
    inside('/', HomePage),
    inside('/pay', PayPage),
    inside('/payments/$id', PaymentPage),
    fund,
    inside('/bank', BankPage),
    inside('/activity', ActivityPage),
    inside('/safety', SafetyPage),
    robbed,
    inside('/reports/$id', ReportPage),
  ]),
])

export const router = createRouter({ routeTree: tree, scrollRestoration: true })
