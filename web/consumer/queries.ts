import {
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
} from '@tanstack/react-query'
import type { ApiError, CallAnswer, CallInput, Endpoint } from '../shared/api.ts'
import { api, deviceWord, enter } from './session.ts'
import type { Payment, Report } from '#contract'

const seconds = 1_000

export function useMe() {
  return useQuery({
    queryKey: ['me'],
    queryFn: async ({ signal }) => enter(await api.call('GET /v1/me', { signal })),
    refetchInterval: 5 * seconds,
  })
}

export function useWallet() {
  return useQuery({
    queryKey: ['wallet'],
    queryFn: ({ signal }) => api.call('GET /v1/wallet', { signal }),
    refetchInterval: 5 * seconds,
  })
}

export function usePayments(limit: number) {
  return useQuery({
    queryKey: ['payments', limit],
    queryFn: ({ signal }) => api.call('GET /v1/payments', { query: { limit }, signal }),
    refetchInterval: 5 * seconds,
  })
}

export function usePaymentPages() {
  return useInfiniteQuery({
    queryKey: ['payment-pages'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.call('GET /v1/payments', { query: { limit: 20, starting_after: pageParam }, signal }),
    getNextPageParam: (page) => (page.has_more ? page.data.at(-1)?.id : undefined),
  })
}

export function useStatementPages() {
  return useInfiniteQuery({
    queryKey: ['statement'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.call('GET /v1/statement', { query: { limit: 30, starting_after: pageParam }, signal }),
    getNextPageParam: (page) => (page.has_more ? page.data.at(-1)?.id : undefined),
  })
}

const waiting = new Set<Payment['state']>(['opened', 'challenged', 'held'])

/** While it waits for somebody it is asked for again and again, so that the page is live. */
export function usePayment(id: string) {
  return useQuery({
    queryKey: ['payment', id],
    queryFn: ({ signal }) => api.call('GET /v1/payments/:id', { params: { id }, signal }),
    refetchInterval: ({ state }) =>
      state.data !== undefined && waiting.has(state.data.state) ? 1.5 * seconds : 10 * seconds,
  })
}

export function useReport(id: string) {
  return useQuery({
    queryKey: ['report', id],
    queryFn: ({ signal }) => api.call('GET /v1/reports/:id', { params: { id }, signal }),
    refetchInterval: ({ state }) => (isClosed(state.data) ? false : 3 * seconds),
  })
}

function isClosed(report: Report | undefined): boolean {
  return report?.claim?.state === 'closed'
}

const filed = ['filed-report']

/**
 * Reports a theft. Unlike `useAct` nothing is read again afterwards: the sessions have ended, and
 * the answer is all there is to show.
 */
export function useReportTheft(onFiled: () => void) {
  const client = useQueryClient()
  return useMutation<Report, ApiError, CallInput<'POST /v1/reports'>>({
    mutationFn: (input) => api.call('POST /v1/reports', input),
    onSuccess: (report) => {
      client.setQueryData(filed, report)
      onFiled()
    },
  })
}

export function useFiledReport(): Report | undefined {
  return useQueryClient().getQueryData<Report>(filed)
}

export function useBankAccounts() {
  return useQuery({
    queryKey: ['bank-accounts'],
    queryFn: ({ signal }) => api.call('GET /v1/bank-accounts', { signal }),
  })
}

export function useDevices() {
  return useQuery({
    queryKey: ['devices'],
    queryFn: ({ signal }) => api.call('GET /v1/devices', { signal }),
  })
}

/** Sign-ins on other devices that this one may vouch for. */
export function useWaitingSignIns() {
  return useQuery({
    queryKey: ['waiting-sign-ins'],
    queryFn: ({ signal }) => api.call('GET /v1/sign-ins', { signal }),
    refetchInterval: 4 * seconds,
  })
}

export function useFundOrders(limit: number) {
  return useQuery({
    queryKey: ['fund-orders', limit],
    queryFn: ({ signal }) => api.call('GET /v1/fund/orders', { query: { limit }, signal }),
    refetchInterval: 5 * seconds,
  })
}

export function useStandingOrder() {
  return useQuery({
    queryKey: ['standing-order'],
    queryFn: ({ signal }) => api.call('GET /v1/fund/standing-order', { signal }),
  })
}

/** What a month ('2014-07') and its year up to then earned: the last lines of its CSV. */
export function useIncomeTotals(month: string) {
  return useQuery({
    queryKey: ['income', month],
    queryFn: async ({ signal }) => {
      const csv = await api.text(`/v1/statements/${month}.csv`, signal)
      const rows = csv.split('\r\n').map((line) => line.split(','))
      const incomeOf = (kind: string) => rows.find(([first]) => first === kind)?.[2]
      return { month: incomeOf('month'), yearToDate: incomeOf('year_to_date') }
    },
  })
}

export function useNotices(limit: number) {
  return useQuery({
    queryKey: ['notices', limit],
    queryFn: ({ signal }) => api.call('GET /v1/notices', { query: { limit }, signal }),
    refetchInterval: 10 * seconds,
  })
}

export function usePayee(phone: string | undefined) {
  return useQuery({
    queryKey: ['payee', phone],
    enabled: phone !== undefined,
    queryFn: ({ signal }) => api.call('GET /v1/payees', { query: { phone: phone ?? '' }, signal }),
  })
}

/** The simulated phone; without a simulator it answers with an error, and nothing is shown. */
export function useSimulatedPhone(phone: string | undefined) {
  return useQuery({
    queryKey: ['simulated-phone', phone],
    enabled: phone !== undefined,
    retry: false,
    queryFn: ({ signal }) =>
      api.call('GET /v1/simulator/phones/:phone/messages', {
        params: { phone: phone ?? '' },
        signal,
      }),
    refetchInterval: ({ state }) => (state.status === 'error' ? false : 2 * seconds),
  })
}

/** Something the customer does; everything shown is read again afterwards. */
export function useAct<E extends Endpoint>(
  endpoint: E,
): UseMutationResult<CallAnswer<E>, ApiError, CallInput<E>> {
  const client = useQueryClient()
  return useMutation<CallAnswer<E>, ApiError, CallInput<E>>({
    mutationFn: (input) => api.call(endpoint, input),
    onSettled: () => client.invalidateQueries(),
  })
}

type Approval =
  | 'POST /v1/payments/:id/approve'
  | 'POST /v1/fund/redemptions/:id/approve'
  | 'POST /v1/sign-ins/:id/approve'

interface ApprovalWish {
  id: string
  text: string
  /** The password, where the server asks a device without a key for it. */
  body?: { password?: string }
}

/** A trusted device's yes, signed over the words that say to what: see `approval-texts.ts`. */
export function useApproval<E extends Approval>(
  endpoint: E,
): UseMutationResult<CallAnswer<E>, ApiError, ApprovalWish> {
  const client = useQueryClient()
  return useMutation<CallAnswer<E>, ApiError, ApprovalWish>({
    mutationFn: async ({ id, text, body }) => {
      const input = { params: { id }, body: { ...(await deviceWord(text)), ...body } }
      return api.call(endpoint, input as unknown as CallInput<E>)
    },
    onSettled: () => client.invalidateQueries(),
  })
}
