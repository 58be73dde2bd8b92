import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './api.ts'

/** Refusals are answers: only an unreachable or busy server is asked again. */
function worthRetrying(failures: number, error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  return (error.status === 0 || error.status === 503) && failures < 3
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: worthRetrying, staleTime: 2_000, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  })
}
