import { Button, Loader } from '@mantine/core'
import { IconCloudOff } from '@tabler/icons-react'
import { ApiError } from '../../shared/api.ts'
import { Mark } from '../../shared/mark.tsx'
import { texts } from '../texts.ts'

export function Splash() {
  return (
    <div className="splash" aria-live="polite">
      <Mark size={56} />
      <Loader color="amber" type="dots" aria-label={texts.loading} />
    </div>
  )
}

export function wordsOf(error: unknown): string {
  if (!(error instanceof ApiError)) return texts.error.title
  return error.status === 0 ? texts.error.unreachable : error.message
}

export function Trouble({ error, again }: { error: unknown; again: () => void }) {
  return (
    <div className="trouble" role="alert">
      <IconCloudOff size={34} stroke={1.4} aria-hidden="true" />
      <p>{wordsOf(error)}</p>
      <Button variant="light" onClick={again}>
        {texts.retry}
      </Button>
    </div>
  )
}

/** What a list or a pane shows while it is read, when it cannot be, and when nothing is in it. */
export function Waiting(props: { error: unknown; again: () => void }) {
  if (props.error !== null) return <Trouble {...props} />
  return (
    <div className="trouble" aria-live="polite">
      <Loader size="sm" aria-label={texts.loading} />
    </div>
  )
}

export function Refusal({ error }: { error: unknown }) {
  if (error === null || error === undefined) return null
  return (
    <p className="refusal" role="alert">
      {wordsOf(error)}
    </p>
  )
}
