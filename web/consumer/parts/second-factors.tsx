import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { when } from '../../shared/format.ts'
import { FormError } from '../forms/form-error.tsx'
import { useAct } from '../queries.ts'
import { api } from '../session.ts'
import { texts } from '../texts.ts'

const t = texts.proofs

/** The app for codes and the sheet of recovery codes. Secrets show once. */
export function SecondFactors() {
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const { data } = useQuery({
    queryKey: ['second-factors'],
    queryFn: ({ signal }) => api.call('GET /v1/second-factors', { signal }),
  })
  const begin = useAct('POST /v1/totp')
  const remove = useAct('POST /v1/totp/remove')
  const sheet = useAct('POST /v1/recovery-codes')
  const since = data?.totp_since ?? null
  const left = data?.recovery_codes_left ?? 0
  const isNew = since === null && begin.data !== undefined
  const withCode = isNew ? { totp_code: code } : {}
  return (
    <section className="card form-card" data-testid="second-factors">
      <h2>{t.app}</h2>
      <p className="field-hint">{since === null ? t.appOff : t.appOn(when(since, 'date'))}</p>
      <p className={`chip ${left === 0 ? 'chip-held' : 'chip-posted'}`}>{t.codesLeft(left)}</p>
      <PasswordInput
        label={texts.auth.password}
        description={t.passwordHint}
        autoComplete="current-password"
        value={password}
        onChange={({ currentTarget }) => setPassword(currentTarget.value)}
      />
      {isNew && (
        <>
          <Secret words={t.secret} lines={[inFours(begin.data.secret)]} />
          <Button component="a" href={begin.data.uri} variant="light">
            {t.openApp}
          </Button>
          <TextInput
            label={t.firstCode}
            inputMode="numeric"
            autoComplete="one-time-code"
            value={code}
            onChange={({ currentTarget }) => setCode(currentTarget.value)}
          />
        </>
      )}
      {sheet.data !== undefined && <Secret words={t.sheet} lines={sheet.data.codes} />}
      <FormError error={begin.error ?? remove.error ?? sheet.error} />
      <Button
        variant="light"
        disabled={password === '' || (isNew && code.length !== 6)}
        onClick={() => sheet.mutate({ body: { password, ...withCode } })}
      >
        {isNew ? t.confirmApp : t.newSheet}
      </Button>
      <Button
        variant="default"
        disabled={password === ''}
        onClick={() => (since === null ? begin : remove).mutate({ body: { password } })}
      >
        {since === null ? t.addApp : t.removeApp}
      </Button>
    </section>
  )
}

/** Shown once: to read, to mark, to write down. */
function Secret({ words, lines }: { words: string; lines: readonly string[] }) {
  return (
    <div className="secret" role="alert">
      <p>{words}</p>
      <ul>
        {lines.map((line) => (
          <li key={line}>
            <code>{line}</code>
          </li>
        ))}
      </ul>
    </div>
  )
}

function inFours(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, '$1 ')
}
