import type { ReactNode } from 'react'
import type { useRoom } from './room.ts'
import { Stamp } from './Time.tsx'
import styles from './Timeline.module.css'
import type { Instant } from './time.ts'

/** What happened, in order; one Moment for each event or message. */
export const Timeline = ({
  label,
  room,
  children,
}: {
  label: string
  room?: ReturnType<typeof useRoom>['room']
  children: ReactNode
}) => (
  <ol className={styles.timeline} aria-label={label} {...room}>
    {children}
  </ol>
)

/** `event`: a line; `public`: a message that the requester reads; `note`: an internal note, tinted and said to be one. */
export const Moment = ({
  at,
  kind = 'event',
  full = false,
  who,
  says = kind === 'note' ? 'internal note' : 'public reply',
  children,
}: {
  at: Instant
  kind?: 'event' | 'public' | 'note'
  /** With the time of day however long ago, in a column of its own: for what goes back months. */
  full?: boolean
  who?: ReactNode
  /** What kind of message it is, in words. */
  says?: string
  children: ReactNode
}) => (
  <li className={styles.moment} data-kind={kind} data-full={full || undefined}>
    <span className={styles.at}>
      <Stamp at={at} full={full} />
    </span>
    {kind === 'event' ? (
      <span className={`${styles.words} sentence`}>
        {who && <b>{who} </b>}
        {children}
      </span>
    ) : (
      <span className={`${styles.words} sentence`}>
        <b>{who}</b> <span className="faint">{says}</span>
        <div className={styles.text}>{children}</div>
      </span>
    )}
  </li>
)
