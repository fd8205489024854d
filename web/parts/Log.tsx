import { Button } from '@mantine/core'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCallback } from 'react'
import { query } from '../api.ts'
import { type LiveEvent, useLiveEvents } from '../live.ts'
import { paths } from '../paths.ts'
import { Panel } from '../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../ui/States.tsx'
import { Moment, Timeline } from '../ui/Timeline.tsx'

const pageSize = 15

/** What of others may be told of a thing, and where that is: 'it' is not said of what one reads about. */
const places: Record<string, [word: string, path: (id: string) => string]> = {
  ticket: ['ticket', paths.ticket],
  alert: ['alert', paths.alert],
  monitor: ['monitor', paths.monitor],
  job: ['job', paths.job],
  service: ['service', paths.service],
}

const Where = ({ subject }: { subject: string }) => {
  const [kind = '', id = ''] = subject.split(':')
  const place = places[kind]
  return place ? <Link to={place[1](id)}>{place[0]}</Link> : null
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
          {rows.map(({ id, at, text, subject }) => (
            <Moment key={id} at={at} full>
              {text} {subject !== about && <Where subject={subject} />}
            </Moment>
          ))}
        </Timeline>
      )}
    </Panel>
  )
}
