import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
} from '@tanstack/react-query'
import { ApiError, type CallAnswer, type CallInput, type Endpoint } from '../shared/api.ts'
import { faultsIn, type PolicyFault } from './policy-document.ts'
import { api, enter } from './session.ts'
import type { OperatorAction, Outcome } from '#contract'

const seconds = 1_000

export function useOperator() {
  return useQuery({
    queryKey: ['operator'],
    queryFn: async ({ signal }) => enter(await api.call('GET /v1/operator/me', { signal })),
    refetchInterval: 60 * seconds,
  })
}

/** What this operator may do, as the server told; the server asks the same again. */
export function useMay(): (action: OperatorAction) => boolean {
  const { data } = useOperator()
  return (action) => data?.actions.includes(action) ?? false
}

export function useReviews() {
  return useQuery({
    queryKey: ['reviews'],
    queryFn: ({ signal }) =>
      api.call('GET /v1/operator/reviews', { query: { limit: 100 }, signal }),
    refetchInterval: 3 * seconds,
  })
}

export function useReview(id: string | undefined) {
  return useQuery({
    queryKey: ['review', id],
    enabled: id !== undefined,
    queryFn: ({ signal }) =>
      api.call('GET /v1/operator/reviews/:id', { params: { id: id ?? '' }, signal }),
  })
}

export function useClaims() {
  return useQuery({
    queryKey: ['claims'],
    queryFn: ({ signal }) =>
      api.call('GET /v1/operator/claims', { query: { limit: 100, state: 'all' }, signal }),
    refetchInterval: 5 * seconds,
  })
}

export function useDecisions(outcome: Outcome | undefined) {
  return useQuery({
    queryKey: ['decisions', outcome],
    queryFn: ({ signal }) =>
      api.call('GET /v1/operator/decisions', { query: { limit: 50, outcome }, signal }),
    refetchInterval: 5 * seconds,
  })
}

export function useDecision(id: string | undefined) {
  return useQuery({
    queryKey: ['decision', id],
    enabled: id !== undefined,
    queryFn: ({ signal }) =>
      api.call('GET /v1/operator/decisions/:id', { params: { id: id ?? '' }, signal }),
  })
}

export function useWhyNot(id: string) {
  return useQuery({
    queryKey: ['why-not', id],
    queryFn: ({ signal }) =>
      api.call('GET /v1/operator/decisions/:id/why-not', { params: { id }, signal }),
    staleTime: 60 * seconds,
  })
}

export function usePolicies() {
  return useQuery({
    queryKey: ['policies'],
    queryFn: ({ signal }) => api.call('GET /v1/operator/policies', { signal }),
    refetchInterval: 5 * seconds,
  })
}

/** A document never changes: its version is its content. */
export function usePolicy(version: string) {
  return useQuery({
    queryKey: ['policy', version],
    queryFn: ({ signal }) =>
      api.call('GET /v1/operator/policies/:version', { params: { version }, signal }),
    staleTime: Infinity,
  })
}

export function useFeeds() {
  const may = useMay()
  return useQuery({
    queryKey: ['feeds'],
    enabled: may('listFeeds'),
    queryFn: ({ signal }) => api.call('GET /v1/operator/feeds', { signal }),
    refetchInterval: 15 * seconds,
  })
}

export function useFund() {
  return useQuery({
    queryKey: ['fund'],
    queryFn: ({ signal }) => api.call('GET /v1/operator/fund', { signal }),
    refetchInterval: 5 * seconds,
  })
}

export interface AuditFilter {
  operator_id?: string
  action?: string
  subject?: string
}

/** Page by page; a look at the log adds a row to it, so it is not read again by itself. */
export function useAudit(only: AuditFilter) {
  return useInfiniteQuery({
    queryKey: ['audit', only],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.call('GET /v1/operator/audit', {
        query: { ...only, limit: 50, starting_after: pageParam },
        signal,
      }),
    getNextPageParam: (page) => (page.has_more ? page.data.at(-1)?.id : undefined),
    refetchOnWindowFocus: false,
  })
}

export function useAuditChain() {
  return useQuery({
    queryKey: ['audit-chain'],
    queryFn: ({ signal }) => api.call('GET /v1/operator/audit/chain', { signal }),
    refetchOnWindowFocus: false,
  })
}

/** Without a test clock it answers with an error, and no clock is shown. */
export function useTestClock() {
  return useQuery({
    queryKey: ['test-clock'],
    retry: false,
    queryFn: ({ signal }) => api.call('GET /v1/test-clock', { signal }),
    refetchInterval: ({ state }) => (state.status === 'error' ? false : 2 * seconds),
  })
}

export function useReplay(id: string | undefined) {
  return useQuery({
    queryKey: ['replay', id],
    enabled: id !== undefined,
    queryFn: ({ signal }) =>
      api.call('GET /v1/operator/replays/:id', { params: { id: id ?? '' }, signal }),
    refetchInterval: ({ state }) =>
      state.data === undefined || state.data.state === 'running' ? seconds : false,
  })
}

/** Something the operator does; everything shown is read again afterwards. */
export function useAct<E extends Endpoint>(
  endpoint: E,
): UseMutationResult<CallAnswer<E>, ApiError, CallInput<E>> {
  const client = useQueryClient()
  return useMutation<CallAnswer<E>, ApiError, CallInput<E>>({
    mutationFn: (input) => api.call(endpoint, input),
    onSettled: () => client.invalidateQueries(),
  })
}

/** What the server has against a document, as it is being written; nothing is kept of it. */
export function usePolicyFaults(document: unknown) {
  return useQuery({
    queryKey: ['policy-faults', JSON.stringify(document)],
    enabled: document !== undefined,
    staleTime: Infinity,
    gcTime: 30 * seconds,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<PolicyFault[]> => {
      try {
        const body = { document, facts: {} }
        await api.call('POST /v1/operator/policies/dry-run', { body, signal })
        return []
      } catch (error) {
        if (error instanceof ApiError && error.code === 'policy_faulty') {
          return faultsIn(error.message)
        }
        throw error
      }
    },
  })
}
