import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useMay, useMe } from '../../parts/frame-data.ts'
import { useAct } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { statusOf } from '../../problem.ts'
import { Act } from '../../ui/Act.tsx'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Callout, Empty, Failed, Loading } from '../../ui/States.tsx'
import { toast } from '../../ui/toast.ts'
import { useParam } from '../../ui/url.ts'
import type { Calendar } from './calendar-draft.ts'
import { calendarKeys, type Feed, useCalendar, useFeed, useKeepCalendar } from './data.ts'
import { FeedAddress } from './FeedAddress.tsx'
import { GoneDays } from './GoneDays.tsx'
import { proposed } from './holiday-import.ts'
import { ProposedDays } from './ProposedDays.tsx'

/** An address from which the holidays of a calendar are read each day, and the days of it about which somebody decides. */
export function HolidayFeed() {
  const id = useParam('id')
  const [calendar, feed] = [useCalendar(id), useFeed(id)]
  const me = useMe()
  const may = useMay('calendar.write') !== undefined
  if (calendar.data && feed.data && may) return <Opened calendar={calendar.data} feed={feed.data.feed} />
  const error = calendar.error ?? feed.error
  const none = statusOf(error) === 404
  const again = () => {
    for (const one of [calendar, feed]) if (one.isError) void one.refetch()
  }
  return (
    <Page title="Feed of holidays">
      {none && <Empty title="There is no such calendar.">The address may be mistyped.</Empty>}
      {error && !none && <Failed what="The feed could not be read." error={error} retry={again} />}
      {feed.data && me.data && !may && (
        <Empty title="You may not change calendars.">An administrator may; ask one of them.</Empty>
      )}
      {!error && !(feed.data && me.data) && <Loading />}
    </Page>
  )
}

/** What somebody has ticked of one reading. */
type Choice = { of: string | null | undefined; add?: ReadonlySet<string>; remove?: ReadonlySet<string> }

const daysWords = (count: number) => (count === 1 ? '1 day' : `${count} days`)

function Opened({ calendar, feed }: { calendar: Calendar; feed: Feed | null }) {
  const { id, name } = calendar
  const navigate = useNavigate()
  const keep = useKeepCalendar()
  const [choice, setChoice] = useState<Choice>({ of: undefined })
  // Ticks on the days of an earlier reading would be on days that nobody has looked at.
  const made: Choice = choice.of === feed?.readAt ? choice : { of: feed?.readAt }
  const add =
    made.add ??
    new Set([...(feed?.proposals ? proposed(feed.proposals) : [])].filter((date) => feed?.came.includes(date)))
  const remove = made.remove ?? new Set(feed?.went.map(({ date }) => date))
  const waiting = (feed?.came.length ?? 0) + (feed?.went.length ?? 0)
  const decide = useAct(
    async (readAt: string) => {
      await api.calendars.decideFeed({ id, add: [...add], remove: [...remove], readAt })
      return api.calendars.read({ id })
    },
    {
      refresh: calendarKeys,
      fields: [],
      done: (changed) => {
        keep(changed)
        toast(`Decided about ${daysWords(waiting)} of the feed; the clocks of open tickets are computed anew.`)
        void navigate({ to: paths.calendar(id) })
      },
    },
  )
  const parts = [add.size > 0 && `Add ${daysWords(add.size)}`, remove.size > 0 && `take out ${remove.size}`]
  const label = parts.filter(Boolean).join(', ') || 'Leave them all'
  const nothing = waiting + add.size + remove.size === 0 && 'There is no day about which to decide.'
  return (
    <Page
      title={`Feed of holidays for ${name}`}
      long
      acts={
        <>
          <Act label="Back" k="Escape" to={paths.calendar(id)} />
          {feed?.readAt && (
            <Act
              label={label.charAt(0).toUpperCase() + label.slice(1)}
              k="mod+Enter"
              kind="primary"
              busy={decide.busy}
              not={nothing}
              run={() => decide.run(feed.readAt ?? '')}
            />
          )}
        </>
      }
    >
      <Columns of="minmax(280px, 2fr) minmax(0, 3fr)">
        <Rows>
          <FeedAddress id={id} feed={feed} />
          {feed && feed.went.length > 0 && (
            <GoneDays days={feed.went} ticked={remove} setTicked={(next) => setChoice({ ...made, remove: next })} />
          )}
          {decide.failed && (
            <div role="alert">
              <Callout tone="down">{decide.failed}</Callout>
            </div>
          )}
        </Rows>
        <ProposedDays
          proposals={feed?.proposals ?? undefined}
          ticked={add}
          setTicked={(next) => setChoice({ ...made, add: next })}
        />
      </Columns>
    </Page>
  )
}
