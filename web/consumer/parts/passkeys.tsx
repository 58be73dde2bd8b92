import { Button, PasswordInput } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { when } from '../../shared/format.ts'
import { FormError } from '../forms/form-error.tsx'
import { addPasskey } from '../passkeys.ts'
import { useAct } from '../queries.ts'
import { api, introduction } from '../session.ts'
import { texts } from '../texts.ts'

const t = texts.proofs

/** Passkeys: what there are, one more, one less. Each change wants the password. */
export function Passkeys() {
  const client = useQueryClient()
  const [password, setPassword] = useState('')
  const { data } = useQuery({
    queryKey: ['passkeys'],
    queryFn: ({ signal }) => api.call('GET /v1/passkeys', { signal }),
  })
  const add = useMutation({
    mutationFn: () => addPasskey(introduction().name, password),
    onSettled: () => client.invalidateQueries(),
  })
  const remove = useAct('POST /v1/passkeys/:id/remove')
  return (
    <section className="card form-card" data-testid="passkeys">
      <h2>{t.passkeys}</h2>
      {data?.data.map(({ id, name, added_at }) => (
        <div className="row" key={id}>
          <IconKey size={26} stroke={1.4} aria-hidden="true" />
          <span className="row-main">
            <span className="row-title">{name}</span>
            <span className="row-sub">{texts.safety.added(when(added_at, 'date'))}</span>
          </span>
          <Button
            size="compact-sm"
            variant="default"
            disabled={password === ''}
            onClick={() => remove.mutate({ params: { id }, body: { password } })}
          >
            {t.remove}
          </Button>
        </div>
      ))}
      <PasswordInput
        label={texts.auth.password}
        description={t.passwordHint}
        autoComplete="current-password"
        value={password}
        onChange={({ currentTarget }) => setPassword(currentTarget.value)}
      />
      <FormError error={add.error ?? remove.error} />
      <Button
        variant="light"
        disabled={password === ''}
        loading={add.isPending}
        onClick={() => add.mutate()}
      >
        {t.addPasskey}
      </Button>
    </section>
  )
}
