import { Button, Loader } from '@mantine/core'
import { IconLink, IconLinkOff } from '@tabler/icons-react'
import { count, when } from '../../shared/format.ts'
import { useAuditChain } from '../queries.ts'
import { texts } from '../texts.ts'
import { Refusal } from './states.tsx'

const t = texts.audit

/** Whether the log is what was written: walked row by row when somebody looks. */
export function AuditChain() {
  const { data, error, isFetching, refetch } = useAuditChain()
  const Icon = data?.ok === false ? IconLinkOff : IconLink
  return (
    <section
      className={`panel chain ${data === undefined ? '' : data.ok ? 'is-whole' : 'is-broken'}`}
    >
      <Icon size={26} stroke={1.7} aria-hidden="true" />
      <div aria-live="polite">
        <h2>{t.chain}</h2>
        {data === undefined ? (
          error === null && <Loader size="xs" type="dots" aria-label={t.walking} />
        ) : (
          <>
            <strong>{data.ok ? t.holds : t.broken}</strong>
            <p className="panel-hint num">
              {t.walked(count(data.checked), when(data.checked_at, 'clock'))}
            </p>
            <ul>
              {data.broken.map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          </>
        )}
        <Refusal error={error} />
      </div>
      <Button variant="default" size="sm" loading={isFetching} onClick={() => void refetch()}>
        {t.again}
      </Button>
    </section>
  )
}
