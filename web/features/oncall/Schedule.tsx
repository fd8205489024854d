import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { query } from '../../api.ts'
import { useMe } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { useNow } from '../../ui/now.ts'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout, Failed, Loading } from '../../ui/States.tsx'
import { ZoneProvider } from '../../ui/Time.tsx'
import { zoneName } from '../../ui/time.ts'
import { clockNotes } from './clock-notes.ts'
import { type Calendar, type Override, type Schedule as Shown, useMayFor, usePeople } from './data.ts'
import { EditSchedule } from './EditSchedule.tsx'
import { LayersFacts } from './LayersFacts.tsx'
import { NewSchedule } from './NewSchedule.tsx'
import { OverrideDialog, ShownOverride } from './OverrideDialog.tsx'
import type { Asked } from './OverrideForm.tsx'
import { Overrides } from './Overrides.tsx'
import { names } from './ShiftDetails.tsx'
import { useWeeks } from './use-weeks.ts'
import { WeekNav } from './WeekNav.tsx'
import { WeeksCalendar } from './WeeksCalendar.tsx'
import { useShownZone, ZoneChooser } from './ZoneChooser.tsx'

const CLOCKS_AHEAD = 35 * 86_400_000

/** One schedule: five weeks of it, its layers, its overrides; or a new one. */
export function Schedule() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const [zone] = useShownZone()
  const isNew = id === 'new'
  const schedule = useQuery(query.oncall.schedule.queryOptions({ input: isNew ? skipToken : { id } }))
  const [editing, setEditing] = useState(false)
  const me = useMe().data
  if (isNew && me)
    return (
      <ZoneProvider zone={zone}>
        <NewSchedule />
      </ZoneProvider>
    )
  if (!schedule.data)
    return (
      <Page title="Schedule">
        <Panel label="Schedule">
          {schedule.isError ? (
            <Failed
              what="The schedule could not be loaded."
              error={schedule.error}
              retry={() => void schedule.refetch()}
            />
          ) : (
            <Loading />
          )}
        </Panel>
      </Page>
    )
  return (
    <ZoneProvider zone={zone}>
      {editing ? (
        <EditSchedule schedule={schedule.data} onDone={() => setEditing(false)} />
      ) : (
        <Look schedule={schedule.data} onEdit={() => setEditing(true)} />
      )}
    </ZoneProvider>
  )
}

/** The weeks of a schedule as the API computes them. */
const useCalendar = (id: string, known: { from: number; to: number }) =>
  useQuery({
    ...query.oncall.calendar.queryOptions({
      input: { id, from: new Date(known.from).toISOString(), to: new Date(known.to).toISOString() },
    }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })

/** By the second: a schedule that was made a moment ago has somebody. */
function Now({ shifts }: { shifts: Calendar['final'] }) {
  const now = useNow('second')
  const onCall = shifts.filter(({ from, to }) => Date.parse(from ?? '') <= now && now < Date.parse(to ?? ''))
  return <span className="faint">now: {names(onCall.map(({ user }) => user)) || 'nobody'}</span>
}

function Look({ schedule, onEdit }: { schedule: Shown; onEdit: () => void }) {
  const [zone, own, setZone] = useShownZone()
  const now = useNow()
  const me = useMe().data
  const people = usePeople()
  const { lines, known, shown, nav } = useWeeks(zone, now)
  const calendar = useCalendar(schedule.id, known)
  const [asked, setAsked] = useState<Asked>()
  const [override, setOverride] = useState<Override>()
  const notToOverride = useMayFor('override.write')(schedule.team.id)
  const notToEdit = useMayFor('schedule.write')(schedule.team.id)
  const data = calendar.data
  const notes = clockNotes([schedule], people.data ?? [], { from: now, to: now + CLOCKS_AHEAD })
  return (
    <Page
      title={schedule.name}
      chips={
        <>
          <WeekNav {...nav} />
          <ZoneChooser
            zone={zone}
            own={own}
            near={[schedule.zone, ...(data?.people.map((face) => face.zone) ?? [])]}
            onChange={setZone}
          />
          <Chip>hand-overs in {zoneName(schedule.zone)}</Chip>
          <Link to={paths.team(schedule.team.id)}>{schedule.team.name}</Link>
          {data && <Now shifts={data.final} />}
        </>
      }
      acts={
        <>
          <Act label="Add an override…" k="c" run={() => setAsked({ scheduleId: schedule.id })} not={notToOverride} />
          <Act label="Edit" k="e" run={onEdit} not={notToEdit} />
        </>
      }
    >
      <Columns of="minmax(0, 1fr) 340px">
        <Rows>
          <Panel label="Who is on call">
            {calendar.isError && !data && (
              <Failed
                what="The calendar could not be loaded."
                error={calendar.error}
                retry={() => void calendar.refetch()}
              />
            )}
            {!data && !calendar.isError && <Loading lines={5} />}
            {data && (
              <WeeksCalendar
                schedule={schedule}
                calendar={data}
                lines={lines}
                given={{
                  known,
                  people: data.people,
                  me: me?.id,
                  zone,
                  now,
                  onAsk: notToOverride ? undefined : setAsked,
                  onOverride: setOverride,
                }}
              />
            )}
          </Panel>
          {notes.map((note) => (
            <Callout key={note.at} tone="warn">
              <b>{note.title}</b>
              {note.lines.map((line) => (
                <div key={line}>{line}</div>
              ))}
            </Callout>
          ))}
          {data && (
            <Overrides
              overrides={data.overrides.filter(({ from }) => Date.parse(from) < shown.to)}
              scheduleId={schedule.id}
              now={now}
              not={notToOverride}
            />
          )}
        </Rows>
        <LayersFacts schedule={schedule} people={people.data ?? []} />
      </Columns>
      <OverrideDialog asked={asked} onClose={() => setAsked(undefined)} />
      {override && (
        <ShownOverride
          override={override}
          scheduleId={schedule.id}
          not={notToOverride}
          onClose={() => setOverride(undefined)}
        />
      )}
    </Page>
  )
}
