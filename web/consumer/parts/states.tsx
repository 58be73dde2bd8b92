import { Button, Loader, Skeleton } from '@mantine/core'
import { IconCloudOff } from '@tabler/icons-react'
import { ApiError } from '../../shared/api.ts'
import { Mark } from '../../shared/mark.tsx'
import { texts } from '../texts.ts'

/** Before we know who is there. */
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

/** Something could not be read. */
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

/** The shape of rows that are still being read. */
export function RowsLoading({ rows = 4 }: { rows?: number }) {
  return (
    <div aria-busy="true" aria-live="polite">
      {Array.from({ length: rows }, (_, index) => (
        <div className="row" key={index}>
          <Skeleton circle height={42} />
          <div className="row-main">
            <Skeleton height={12} width="45%" mb={8} />
            <Skeleton height={10} width="28%" />
          </div>
          <Skeleton height={14} width={72} />
        </div>
      ))}
    </div>
  )
}

export function Empty({ text }: { text: string }) {
  return <p className="empty">{text}</p>
}
