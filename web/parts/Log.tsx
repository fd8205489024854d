import { Button } from '@mantine/core'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCallback } from 'react'
import { query } from '../api.ts'
import { type LiveEvent, useLiveEvents } from '../live.ts'
import { Panel } from '../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../ui/States.tsx'
import { Moment, Timeline } from '../ui/Timeline.tsx'
import { mainThing } from './places.ts'

const pageSize = 15

/** What of others is told of a thing, and has its link there: 'it' is not said of what one reads about. */
const told = new Set(['ticket', 'alert', 'monitor', 'job', 'service'])
const kindOf = (ref: string) => ref.slice(0, ref.indexOf(':'))

/** The sentence with a link to what it is about: its name if that is said, or else after it. */
const Told = ({ text, about }: { text: string; about: readonly { ref: string; name: string }[] }) => {
  const thing = mainThing(about.filter(({ ref }) => told.has(kindOf(ref))))
  if (!thing?.to) return text
  const at = text.indexOf(thing.name)
  const link = <Link to={thing.to}>{thing.name}</Link>
  if (at < 0)
    return (
      <>
        {text} {link}
      </>
    )
  return (
    <>
      {text.slice(0, at)}
      {link}
      {text.slice(at + thing.name.length)}
    </>
  )
}

/** A panel with what happened to one thing ('service:<id>'), newest first; what happens now appears by itself. */
export function Log({ about }: { about: string }) {
  const client = useQueryClient()
  const events = useInfiniteQuery(
    query.system.events.infiniteOptions({
      input: (cursor: string | undefined) => ({ about, cursor, limit: pageSize }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
  )
  const hear = useCallback(
    (event: LiveEvent) => {
      if (event.about.includes(about)) void client.invalidateQueries({ queryKey: query.system.events.key() })
    },
    [client, about],
  )
  useLiveEvents('', hear)
  const rows = events.data?.pages.flatMap((page) => page.items)
  return (
    <Panel
      title="What happened"
      pad={rows !== undefined && rows.length > 0}
      foot={
        events.hasNextPage && (
          <Button loading={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>
            Show earlier
          </Button>
        )
      }
    >
      {rows === undefined && events.isError && (
        <Failed what="The log could not be loaded." error={events.error} retry={() => void events.refetch()} />
      )}
      {rows === undefined && !events.isError && <Loading lines={4} />}
      {rows?.length === 0 && <Empty title="Nothing was recorded yet." />}
      {rows && rows.length > 0 && (
        <Timeline label="What happened">
          {rows.map(({ id, at, text, subject, about: touched }) => (
            <Moment key={id} at={at} full>
              <Told text={text} about={subject === about ? [] : touched.filter(({ ref }) => ref !== about)} />
            </Moment>
          ))}
        </Timeline>
      )}
    </Panel>
  )
}
