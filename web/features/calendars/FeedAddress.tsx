import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useAct } from '../../parts/use-act.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Callout } from '../../ui/States.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './calendars.module.css'
import { calendarKeys, type Feed } from './data.ts'

/** Where a feed comes from and how its last reading went; another address, and an end of it. */
export function FeedAddress({ id, feed }: { id: string; feed: Feed | null }) {
  const [url, setUrl] = useState('')
  const follow = useAct(() => api.calendars.followFeed({ id, url: url.trim() }), {
    refresh: calendarKeys,
    fields: ['url'],
    done: () => setUrl(''),
  })
  const leave = useAct(() => api.calendars.leaveFeed({ id }), {
    refresh: calendarKeys,
    done: () => toast('The feed is no longer read; the days of the calendar stay as they are.'),
  })
  return (
    <Panel title="The address" words="iCalendar (.ics) or CSV, read each day" pad>
      <form
        noValidate
        className={styles.fields}
        onSubmit={(event) => {
          event.preventDefault()
          follow.run(undefined)
        }}
      >
        {feed && <State feed={feed} />}
        <TextInput
          label={feed ? 'Another address' : 'Address'}
          description="It begins with https:// and is kept sealed: only its host is shown again."
          placeholder="https://www.gov.uk/bank-holidays/england-and-wales.ics"
          autoComplete="off"
          spellCheck={false}
          maxLength={2_000}
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
          error={follow.problems.url ?? follow.failed}
        />
        <div className={styles.buttons}>
          <Button type="submit" loading={follow.busy} disabled={url.trim() === ''}>
            Read it each day
          </Button>
          {feed && (
            <Button loading={leave.busy} onClick={() => leave.run(undefined)}>
              Stop reading {feed.host}
            </Button>
          )}
        </div>
      </form>
    </Panel>
  )
}

function State({ feed: { host, readAt, failing } }: { feed: Feed }) {
  const read = readAt ? (
    <>
      It was read last <Stamp at={readAt} />.
    </>
  ) : (
    'It has not been read yet.'
  )
  if (!failing)
    return (
      <p>
        The holidays come from <b>{host}</b>. {read}
      </p>
    )
  return (
    <Callout tone="down">
      {host} cannot be read since <Stamp at={failing.since} />: {failing.problem}. {read} It is tried again each hour.
    </Callout>
  )
}
