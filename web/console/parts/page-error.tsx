import { Button } from '@mantine/core'
import { texts } from '../texts.ts'
import { Trouble } from './states.tsx'

/** A page broke: its error, and a way to try again. */
export function PageError({ error, reset }: { error: unknown; reset: () => void }) {
  return <Trouble error={error} again={reset} />
}

export function NotFound() {
  return (
    <div className="trouble">
      <p>{texts.error.notFound}</p>
      <Button component="a" href="/console/">
        {texts.error.home}
      </Button>
    </div>
  )
}
