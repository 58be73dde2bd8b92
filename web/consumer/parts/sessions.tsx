import { Button } from '@mantine/core'
import { IconDeviceLaptop } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { when } from '../../shared/format.ts'
import { FormError } from '../forms/form-error.tsx'
import { useAct } from '../queries.ts'
import { api } from '../session.ts'
import { texts } from '../texts.ts'

const t = texts.proofs

/** Where he is signed in, and an end to each of it or to all. */
export function Sessions() {
  const { data } = useQuery({
    queryKey: ['sessions'],
    queryFn: ({ signal }) => api.call('GET /v1/sessions', { signal }),
  })
  const end = useAct('POST /v1/sessions/:id/end')
  const endAll = useAct('POST /v1/sessions/end-all')
  return (
    <section className="card form-card" data-testid="sessions">
      <h2>{t.sessions}</h2>
      {data?.data.map(({ id, device_name, created_at, current, network }) => (
        <div className="row" key={id}>
          <IconDeviceLaptop size={26} stroke={1.4} aria-hidden="true" />
          <span className="row-main">
            <span className="row-title">
              {device_name}
              {current && <span className="chip">{t.thisSession}</span>}
            </span>
            <span className="row-sub">{t.since(when(created_at, 'moment'), network)}</span>
          </span>
          {!current && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => end.mutate({ params: { id }, body: {} })}
            >
              {t.end}
            </Button>
          )}
        </div>
      ))}
      <FormError error={end.error ?? endAll.error} />
      <Button
        variant="default"
        loading={endAll.isPending}
        onClick={() => endAll.mutate({ body: {} })}
      >
        {t.endAll}
      </Button>
    </section>
  )
}
