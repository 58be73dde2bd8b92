import { useNavigate, useSearch } from '@tanstack/react-router'

/**
 * Which item of a page is open: part of the address, so that it can be sent to a colleague. The
 * two pages share one compilation, so that the router's own types cannot tell them apart.
 */
export function useChosen(): [string | undefined, (id: string | undefined) => void] {
  const { id } = useSearch({ strict: false }) as { id?: string }
  const navigate = useNavigate()
  const choose = (next: string | undefined) =>
    void navigate({ to: '.', search: next === undefined ? {} : { id: next }, replace: true })
  return [id, choose]
}
