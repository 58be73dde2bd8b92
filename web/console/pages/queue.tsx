import { Modal } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconKeyboard } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { duration } from '../../shared/format.ts'
import { Money } from '../../shared/money.tsx'
import { useChosen } from '../chosen.ts'
import { useLiveBoard } from '../live-board.ts'
import { DecideDialog } from '../parts/decide-dialog.tsx'
import { FreezeDialog } from '../parts/freeze-dialog.tsx'
import { PayerToPayee } from '../parts/payer-to-payee.tsx'
import { ReviewDetail, type ReviewChoice } from '../parts/review-detail.tsx'
import { Waiting } from '../parts/states.tsx'
import { useMay, useReviews } from '../queries.ts'
import { texts } from '../texts.ts'
import type { ReviewSummary } from '#contract'

const t = texts.queue

/** Held payments, most urgent first, decided by keyboard. */
export function QueuePage() {
  const [id, choose] = useChosen()
  const { data, error, refetch } = useReviews()
  const [choice, setChoice] = useState<ReviewChoice>()
  const may = useMay()
  const [areKeysShown, showKeys] = useState(false)
  const pane = useRef<HTMLDivElement>(null)
  const reviews = data?.data ?? []
  const index = Math.max(
    0,
    reviews.findIndex((review) => review.id === id),
  )
  const current = reviews[index]
  const open = (review: ReviewSummary | undefined) => {
    if (review !== undefined) choose(review.id)
  }
  const decide = (next: ReviewChoice) => {
    const allowed = may(next === 'freeze' ? 'freezeCustomer' : 'decideReview')
    if (current !== undefined && allowed) setChoice(next)
  }
  useHotkeys([
    ['j', () => open(reviews[Math.min(index + 1, reviews.length - 1)])],
    ['k', () => open(reviews[Math.max(index - 1, 0)])],
    ['Enter', () => pane.current?.focus(), { preventDefault: false }],
    ['y', () => decide('release')],
    ['n', () => decide('void')],
    ['f', () => decide('freeze')],
    ['shift+?', () => showKeys(true)],
  ])
  if (data === undefined) return <Waiting error={error} again={() => void refetch()} />
  return (
    <div className="desk">
      <section className="desk-list" aria-label={t.title}>
        <header className="desk-head">
          <h1>{t.title}</h1>
          <button type="button" className="keys-hint" onClick={() => showKeys(true)}>
            <IconKeyboard size={18} aria-hidden="true" /> {t.keysTitle} <kbd>?</kbd>
          </button>
        </header>
        {reviews.length === 0 && <p className="empty">{t.empty}</p>}
        {reviews.map((review) => (
          <QueueItem
            key={review.id}
            review={review}
            isCurrent={review.id === current?.id}
            onOpen={() => open(review)}
          />
        ))}
      </section>
      <div className="desk-pane" ref={pane} tabIndex={-1}>
        {current === undefined ? (
          <p className="empty">{t.pick}</p>
        ) : (
          <ReviewDetail id={current.id} onChoose={setChoice} />
        )}
      </div>
      {current !== undefined && (
        <Choice review={current} choice={choice} onClose={() => setChoice(undefined)} />
      )}
      <Keys isOpen={areKeysShown} onClose={() => showKeys(false)} />
    </div>
  )
}

interface ChoiceProps {
  review: ReviewSummary
  choice: ReviewChoice | undefined
  onClose: () => void
}

function Choice({ review, choice, onClose }: ChoiceProps) {
  if (choice === undefined) return null
  if (choice === 'freeze') return <FreezeDialog customer={review.payer} onClose={onClose} />
  return <DecideDialog review={review} choice={choice} onClose={onClose} />
}

interface QueueItemProps {
  review: ReviewSummary
  isCurrent: boolean
  onOpen: () => void
}

function QueueItem({ review, isCurrent, onOpen }: QueueItemProps) {
  const { board } = useLiveBoard()
  const ref = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isCurrent) ref.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  const rest =
    board === undefined ? undefined : Date.parse(review.deadline) - Date.parse(board.simulated_now)
  const isUrgent = rest !== undefined && rest < 3_600_000
  return (
    <button
      ref={ref}
      type="button"
      className={`item is-${review.level} ${isCurrent ? 'is-current' : ''}`}
      aria-current={isCurrent}
      onClick={onOpen}
    >
      <span className="item-score num">{Math.round(review.score)}</span>
      <span className="item-main">
        <span className="item-title">
          <PayerToPayee payer={review.payer} payee={review.payee} />
        </span>
        <span className="item-sub">{review.reasons[0]?.sentence}</span>
      </span>
      <span className="item-end">
        <Money amount={review.amount} />
        {rest !== undefined && (
          <span className={`num ${isUrgent ? 'is-urgent' : ''}`}>
            {rest <= 0 ? t.over : duration(rest)}
          </span>
        )}
      </span>
    </button>
  )
}

function Keys({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t.keysTitle}
      size="xs"
      lockScroll={false}
      centered
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      <dl className="keys">
        {t.keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
