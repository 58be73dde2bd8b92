import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../session.ts'
import { texts } from '../texts.ts'

const t = texts.signIn

interface Props {
  readonly login: string
  readonly code: string
  readonly onCode: (code: string) => void
}

/** The second step: the code of the operator's app. In the demo the app is shown beside it. */
export function CodeField({ login, code, onCode }: Props) {
  const demo = useDemoCode(login)
  return (
    <>
      <TextInput
        size="md"
        label={t.code}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        withAsterisk={false}
        value={code}
        onChange={({ currentTarget }) => onCode(currentTarget.value.trim())}
      />
      {demo !== undefined && (
        <p aria-live="polite">
          {t.demo} {demo === null ? t.demoWait : <strong>{demo}</strong>}
        </p>
      )}
      {typeof demo === 'string' && (
        <Button variant="light" onClick={() => onCode(demo)}>
          {t.demoFill}
        </Button>
      )}
    </>
  )
}

/** undefined: nothing is simulated here, or not yet known; null: the next code is not there yet. */
function useDemoCode(login: string): string | null | undefined {
  const { data } = useQuery({
    queryKey: ['demo-code', login],
    queryFn: ({ signal }) =>
      api.call('GET /v1/simulator/operators/:login/code', { params: { login }, signal }),
    retry: false,
    refetchInterval: ({ state }) => (state.status === 'error' ? false : 3_000),
  })
  return data?.code
}
