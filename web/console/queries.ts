import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
} from '@tanstack/react-query'
import type { ApiError, CallAnswer, CallInput, Endpoint } from '../shared/api.ts'
import { api, enter } from './session.ts'
import type { Outcome } from '#contract'

const seconds = 1_000
const deciders: ReadonlySet<string> = new Set(['analyst', 'supervisor', 'admin'])

export function useOperator() {
  return useQuery({
    queryKey: ['operator'],
    queryFn: async ({ signal }) => enter(await api.call('GET /v1/operator/me', { signal })),
    refetchInterval: 60 * seconds,
  })
}

/** Whether held payments are this operator's to decide; the server asks the same again. */
export function useMayDecide(): boolean {
  const { data } = useOperator()
  return data?.roles.some((role) => deciders.has(role)) ?? false
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
