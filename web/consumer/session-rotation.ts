import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { sessionRotation } from './approval-texts.ts'
import { api, deviceWord, enter } from './session.ts'
import type { Me } from '#contract'

/** When the session's token was last exchanged, by whichever tab; real time, in ms. */
const shelf = 'coffer.rotated'
const everyMs = 10 * 60_000
const lookMs = 30_000

/** A sign-in has just made a fresh token. */
export function noteFreshSession(): void {
  localStorage.setItem(shelf, String(Date.now()))
}

/**
 * Exchanges the session's token every ten minutes while a page is open: a copied cookie is worth
 * no more than that, and using it later ends the session for both. One tab does it for all.
 */
export function useSessionRotation(me: Me | undefined): void {
  const client = useQueryClient()
  const sessionId = me?.session_id
  useEffect(() => {
    if (sessionId === undefined) return
    const rotate = async () => {
      if (!isDue()) return
      // An answer with the CSRF token of before must not come in after the new one.
      await client.cancelQueries({ queryKey: ['me'] })
      const body = await deviceWord(sessionRotation(sessionId))
      const next = await api.call('POST /v1/session/rotate', { body })
      noteFreshSession()
      client.setQueryData(['me'], enter(next))
    }
    const look = () => {
      if (!isDue()) return
      const done = alone(rotate)
      // Refused or not reached: what is wrong shows at the next reading of `me`.
      done.catch(() => undefined)
    }
    look()
    const timer = setInterval(look, lookMs)
    return () => clearInterval(timer)
  }, [client, sessionId])
}

function isDue(): boolean {
  return Date.now() - Number(localStorage.getItem(shelf)) > everyMs
}

/** Not while another tab does the same; without locks (plain http) tabs take their chance. */
async function alone(work: () => Promise<void>): Promise<void> {
  const locks = navigator.locks as LockManager | undefined
  if (locks === undefined) return work()
  await locks.request(shelf, { ifAvailable: true }, (lock) => (lock === null ? undefined : work()))
}
