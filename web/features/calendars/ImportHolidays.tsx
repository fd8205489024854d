import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useMay, useMe } from '../../parts/frame-data.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { statusOf } from '../../problem.ts'
import { Act } from '../../ui/Act.tsx'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Callout, Empty, Failed, Loading } from '../../ui/States.tsx'
import { toast } from '../../ui/toast.ts'
import { useParam } from '../../ui/url.ts'
import type { Calendar } from './calendar-draft.ts'
import { calendarKeys, useCalendar, useKeepCalendar } from './data.ts'
import { HolidayFile, type HolidayText } from './HolidayFile.tsx'
import { HolidaysFrom } from './HolidaysFrom.tsx'
import { type Knowledge, knowledgeAfter, type Proposals, proposed } from './holiday-import.ts'
import { ProposedDays } from './ProposedDays.tsx'

/** Holidays of a file, for a calendar: what it has and the calendar has not is proposed, and somebody accepts it. */
export function ImportHolidays() {
  const found = useCalendar(useParam('id'))
  const me = useMe()
  const may = useMay('calendar.write') !== undefined
  if (found.data && may) return <Opened key={found.data.id} calendar={found.data} />
  const none = statusOf(found.error) === 404
  return (
    <Page title="Holidays from a file">
      {none && <Empty title="There is no such calendar.">The address may be mistyped.</Empty>}
      {found.isError && !none && (
        <Failed what="The calendar could not be read." error={found.error} retry={() => void found.refetch()} />
      )}
      {found.data && me.data && !may && (
        <Empty title="You may not change calendars.">An administrator may; ask one of them.</Empty>
      )}
      {!found.isError && !(found.data && me.data) && <Loading />}
    </Page>
  )
}

/** What somebody has changed of what was proposed for one file. */
type Choice = { of: Proposals | undefined; ticked?: ReadonlySet<string>; known?: Partial<Knowledge> }

const daysWords = (count: number) => (count === 1 ? '1 day' : `${count} days`)

function Opened({ calendar }: { calendar: Calendar }) {
  const { id, name } = calendar
  const navigate = useNavigate()
  const refresh = useRefresh(calendarKeys)
  const keep = useKeepCalendar()
  const read = useAct(
    async ({ text, name: file }: HolidayText) => ({
      file,
      proposals: await api.calendars.proposeHolidays({ id, text }),
    }),
    { fields: ['text'] },
  )
  const proposals = read.output?.proposals
  const [choice, setChoice] = useState<Choice>({ of: undefined })
  // Ticks on the days of another file would be on days that nobody has looked at.
  const made: Choice = choice.of === proposals ? choice : { of: proposals }
  const ticked = made.ticked ?? (proposals ? proposed(proposals) : new Set<string>())
  const known = {
    ...knowledgeAfter(calendar, [...ticked], proposals?.source || read.output?.file || ''),
    ...made.known,
  }
  const add = useAct(
    (days: { date: string; name: string }[]) =>
      api.calendars.addHolidays({
        id,
        days,
        validThrough: known.validThrough || null,
        provenance: known.provenance.trim(),
      }),
    {
      refresh: calendarKeys,
      fields: ['days', 'validThrough', 'provenance'],
      done: (changed, days) => {
        keep(changed)
        toast(`${daysWords(days.length)} added to ${name}; the clocks of open tickets are computed anew.`, {
          undo: async () => {
            const { exceptions, validThrough, provenance } = calendar
            keep(await api.calendars.change({ id, exceptions, validThrough, provenance }))
            await refresh()
          },
        })
        void navigate({ to: paths.calendar(id) })
      },
    },
  )
  const chosen = (proposals?.days ?? []).filter(({ date }) => ticked.has(date))
  const label = chosen.length > 0 ? `Add ${daysWords(chosen.length)}` : 'Add the days'
  return (
    <Page
      title={`Holidays for ${name}`}
      long
      acts={
        <>
          <Act label="Cancel" k="Escape" to={paths.calendar(id)} />
          <Act
            label={label}
            k="mod+Enter"
            kind="primary"
            busy={add.busy}
            not={chosen.length === 0 && (proposals ? 'Tick the days that are to be added.' : 'Give a file first.')}
            run={() => add.run(chosen.map(({ date, name }) => ({ date, name })))}
          />
        </>
      }
    >
      <Columns of="minmax(280px, 2fr) minmax(0, 3fr)">
        <Rows>
          <HolidayFile
            read={read.run}
            forget={read.reset}
            busy={read.busy}
            problem={read.problems.text ?? read.failed}
          />
          {proposals && proposals.days.length > 0 && (
            <HolidaysFrom
              known={known}
              set={(changed) => setChoice({ ...made, known: { ...made.known, ...changed } })}
              problems={add.problems}
            />
          )}
          {(add.failed ?? add.problems.days) && (
            <div role="alert">
              <Callout tone="down">{add.failed ?? add.problems.days}</Callout>
            </div>
          )}
        </Rows>
        <ProposedDays
          proposals={proposals}
          ticked={ticked}
          setTicked={(next) => setChoice({ ...made, ticked: next })}
        />
      </Columns>
    </Page>
  )
}
