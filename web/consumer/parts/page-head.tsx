import { IconArrowLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { texts } from '../texts.ts'

/** A page's title with the way back to the balance. */
export function PageHead({
  title,
  back = '/',
}: {
  title: string
  back?: '/' | '/safety' | '/activity'
}) {
  return (
    <div className="page-head">
      <Link to={back} aria-label={texts.back} className="page-back">
        <IconArrowLeft size={20} aria-hidden="true" />
      </Link>
      <h1>{title}</h1>
    </div>
  )
}
