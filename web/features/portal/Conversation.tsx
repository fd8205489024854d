import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { TicketDetail } from '../../../contract/desk/shapes.ts'
import { AttachmentList } from '../../parts/Attachments.tsx'
import { rowsOf } from '../../ui/list.ts'
import { Failed, Loading } from '../../ui/States.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { useTimeline } from '../desk/data.ts'
import styles from './portal.module.css'
import { type Talk, talkOf } from './talk.ts'

/** What was said on a ticket, oldest first; what is new appears by itself and is brought into sight. */
export function Conversation({ ticket, me }: { ticket: TicketDetail; me: string }) {
  const found = useTimeline(ticket.number)
  const events = rowsOf(found.data)
  const end = useRef<HTMLLIElement>(null)
  const seen = useRef<string>(undefined)
  const newest = events?.[0]?.id
  useEffect(() => {
    if (seen.current && seen.current !== newest) end.current?.scrollIntoView({ block: 'nearest' })
    seen.current = newest
  }, [newest])
  if (!events && found.isError)
    return <Failed what="What was said could not be loaded." error={found.error} retry={() => void found.refetch()} />
  if (!events) return <Loading lines={3} />
  const asked = ticket.requester?.id === me
  return (
    <ol className={styles.talk} aria-label={`What was said on ${ticket.number}`}>
      <One
        of={{
          kind: 'said',
          id: 'opening',
          at: ticket.openedAt,
          who: asked ? 'You' : (ticket.requester?.name ?? 'Support'),
          mine: asked,
          text: ticket.description || ticket.title,
          files: ticket.attachments,
        }}
      />
      {found.hasNextPage && (
        <li>
          <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show what was before
          </Button>
        </li>
      )}
      {events
        .toReversed()
        .flatMap((event) => talkOf(event, me, ticket.kind === 'request') ?? [])
        .map((one) => (
          <One key={one.id} of={one} />
        ))}
      <li ref={end} aria-hidden="true" />
    </ol>
  )
}

const One = ({ of }: { of: Talk }) =>
  of.kind === 'event' ? (
    <li className={styles.event}>
      {of.text}{' '}
      <span className="faint">
        <Stamp at={of.at} />
      </span>
    </li>
  ) : (
    <li className={styles.said} data-mine={of.mine || undefined}>
      <div className={styles.by}>
        <b>{of.who}</b>
        <span className="muted">
          <Stamp at={of.at} />
        </span>
      </div>
      <div className={styles.text}>{of.text}</div>
      <AttachmentList of={of.files} />
    </li>
  )
