import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { TimelineEvent } from '../../../contract/base.ts'
import { rowsOf, useIsPhone } from '../../ui/list.ts'
import { Status, type Tone } from '../../ui/Marks.tsx'
import { Failed, Loading } from '../../ui/States.tsx'
import { useStaysAtEnd } from '../../ui/stays-at-end.ts'
import { Moment, Timeline } from '../../ui/Timeline.tsx'
import { useTimeline } from './data.ts'
import { EventFiles } from './EventFiles.tsx'
import { type About, fold } from './fold.ts'
import styles from './ticket.module.css'

const tones: Record<string, Tone> = { bad: 'down', warn: 'warn', good: 'ok' }

const bodyOf = ({ data }: TimelineEvent): string => {
  const body = typeof data === 'object' && data !== null && 'body' in data ? data.body : undefined
  return typeof body === 'string' ? body : ''
}
const reached = ({ data }: TimelineEvent): boolean => (data as { reached?: boolean } | null)?.reached !== false
const resolutionOf = ({ data }: TimelineEvent): string | undefined => {
  const said = typeof data === 'object' && data !== null && 'resolution' in data ? data.resolution : undefined
  return typeof said === 'string' ? said : undefined
}

/** To the desk, what it sent is another thing than what came in. */
const saysOf = ({ data }: TimelineEvent, desk: boolean): string =>
  !desk ? '' : (data as { byRequester?: boolean } | null)?.byRequester ? 'wrote' : 'public reply'

/** How the first priority came about is no change, and nothing to worry about. */
const toneOf = ({ type, tone, data }: TimelineEvent): Tone | undefined => {
  const isFirst = type === 'ticket.priority_changed' && (data as { before?: unknown } | null)?.before === null
  return tone && !isFirst ? tones[tone] : undefined
}

/** The name at the beginning of a sentence is set in bold: who did it is what one looks for. */
const Words = ({ text, name }: { text: string; name: string }) =>
  name && text.startsWith(`${name} `) ? (
    <>
      <b>{name}</b>
      {text.slice(name.length)}
    </>
  ) : (
    text
  )

function One({ event, desk }: { event: TimelineEvent; desk: boolean }) {
  if (event.type === 'ticket.replied')
    return (
      <Moment at={event.at} kind="public" who={event.actor.name} says={saysOf(event, desk)}>
        {bodyOf(event)}
        <EventFiles event={event} />
      </Moment>
    )
  if (event.type === 'ticket.noted')
    return (
      <Moment at={event.at} kind="note" who={event.actor.name}>
        {bodyOf(event)}
        <EventFiles event={event} />
      </Moment>
    )
  if (event.type === 'ticket.called_out')
    return (
      <Moment
        at={event.at}
        kind="note"
        who={event.actor.name}
        says={reached(event) ? 'called' : 'called, and reached nobody'}
      >
        {bodyOf(event)}
      </Moment>
    )
  const tone = toneOf(event)
  const resolution = event.type === 'ticket.resolved' ? resolutionOf(event) : undefined
  const words = <Words text={resolution ? `${event.actor.name} resolved it:` : event.text} name={event.actor.name} />
  return (
    <Moment at={event.at}>
      {tone ? (
        <Status tone={tone}>
          <span>{words}</span>
        </Status>
      ) : (
        words
      )}
      <EventFiles event={event} />
      {resolution && <div className={styles.said}>{resolution}</div>}
    </Moment>
  )
}

const foldedWords: Record<About, string> = { alerts: 'about alerts', callers: 'about callers and their tickets' }

/** Lines that came in one go: how many they are, until one wants to read them. */
function Folded({ events, about, desk }: { events: readonly TimelineEvent[]; about: About; desk: boolean }) {
  const [open, setOpen] = useState(false)
  const [first] = events
  if (open) return events.map((event) => <One key={event.id} event={event} desk={desk} />)
  return (
    first && (
      <Moment at={first.at}>
        <button type="button" className={styles.folded} aria-expanded="false" onClick={() => setOpen(true)}>
          {events.length} more lines {foldedWords[about]}
        </button>
      </Moment>
    )
  )
}

/** What happened to a ticket, oldest first; the newest is in sight, and what happens now appears by itself. */
export function TicketTimeline({ number, desk }: { number: string; desk: boolean }) {
  const found = useTimeline(number)
  const phone = useIsPhone()
  const end = useRef<HTMLDivElement>(null)
  const events = rowsOf(found.data)
  const newest = events?.[0]?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is new is brought into sight
  useEffect(() => {
    if (!phone) end.current?.scrollIntoView({ block: 'nearest' })
  }, [newest, phone])
  useStaysAtEnd(end, !phone && events !== undefined)
  if (!events && found.isError)
    return <Failed what="The timeline could not be loaded." error={found.error} retry={() => void found.refetch()} />
  if (!events) return <Loading lines={5} />
  return (
    <>
      {found.hasNextPage && (
        <div>
          <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show what was before
          </Button>
        </div>
      )}
      <Timeline label={`What happened to ${number}`}>
        {fold(events.toReversed()).map((part) =>
          'event' in part ? (
            <One key={part.event.id} event={part.event} desk={desk} />
          ) : (
            <Folded key={part.folded[0]?.id} events={part.folded} about={part.about} desk={desk} />
          ),
        )}
      </Timeline>
      <div ref={end} />
    </>
  )
}
