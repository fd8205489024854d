import { useMemo, useState } from 'react'
import { useMay, useMe } from '../../parts/frame-data.ts'
import { useSearchText } from '../../parts/use-search-text.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Toggle } from '../../ui/Chip.tsx'
import { useFocusKept } from '../../ui/focus-kept.ts'
import { Kbd } from '../../ui/Kbd.tsx'
import { useKeys } from '../../ui/keys.ts'
import { useIsPhone } from '../../ui/list.ts'
import { useNow } from '../../ui/now.ts'
import { Columns, Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { ZoneProvider } from '../../ui/Time.tsx'
import { clockNotes } from './clock-notes.ts'
import { Decisions } from './Decisions.tsx'
import {
  type Override,
  type Shifts,
  useAhead,
  useMayFor,
  usePeople,
  usePolicies,
  useSchedules,
  useShifts,
} from './data.ts'
import { addDays, asDate, dateOf, daysFrom, mondayOf } from './days.ts'
import { decisionsOf } from './decisions.ts'
import { NowPanel } from './NowPanel.tsx'
import { OverrideDialog, ShownOverride } from './OverrideDialog.tsx'
import type { Asked } from './OverrideForm.tsx'
import styles from './oncall.module.css'
import { Policies } from './Policies.tsx'
import { RotaGrid } from './RotaGrid.tsx'
import { RotaTable } from './RotaTable.tsx'
import { headWords, rangeWords } from './range-words.ts'
import { rowsOfRota } from './rota-rows.tsx'
import { useRowKeys } from './use-row-keys.ts'
import { WeekNav } from './WeekNav.tsx'
import { useShownZone, ZoneChooser } from './ZoneChooser.tsx'

const DAY = 86_400_000
/** Read beyond what is shown, so that a shift tells its real beginning and end. */
const BEYOND = 9 * DAY
const HOUR = 3_600_000
const CLOCKS_AHEAD = 14 * DAY

/** Picture and table have the same schedules, whose lines may take the focus. */
const lines = {
  of: 'tbody tr,[data-schedule],[data-bar]',
  placeOf: (element: Element): string | undefined =>
    element.closest<HTMLElement>('[data-line]')?.dataset.line ?? element.closest('tr')?.cells[0]?.textContent,
}

/** On-call: everybody's week, who has it now, what needs a decision, and the policies. */
export function OnCall() {
  const [zone, own, setZone] = useShownZone()
  return (
    <ZoneProvider zone={zone}>
      <Content zone={zone} own={own} onZone={setZone} />
    </ZoneProvider>
  )
}

/** Which days are shown, by the address of the page: a week, or a day on a phone. */
const useDays = (phone: boolean, zone: string, now: number) => {
  const [asked, ask] = useSearchText(phone ? 'day' : 'week')
  const today = dateOf(now, zone)
  const date = asDate(asked) ?? today
  const first = phone ? date : mondayOf(date)
  const length = phone ? 1 : 7
  const days = useMemo(() => daysFrom(first, length, zone), [first, length, zone])
  return {
    days,
    today,
    step: phone ? 'day' : 'week',
    isToday: days.some((day) => day.date === today),
    onStep: (by: -1 | 1) => ask(addDays(first, by * length)),
    onToday: () => ask(''),
  }
}

function Content({ zone, own, onZone }: { zone: string; own: string; onZone: (zone: string) => void }) {
  const now = useNow()
  const me = useMe().data
  const phone = useIsPhone()
  const { days, today, ...nav } = useDays(phone, zone, now)
  const [from, to] = [(days[0]?.start ?? 0) - BEYOND, (days.at(-1)?.end ?? 0) + BEYOND]
  const shifts = useShifts(from, to)
  const since = now - (now % HOUR)
  const ahead = useAhead(now)
  const [asked, setAsked] = useState<Asked>()
  const [asTable, setAsTable] = useState(false)
  const [shown, setShown] = useState<{ override: Override; scheduleId: string; teamId: string }>()
  const mayOverride = useMayFor('override.write')
  const mayMake = useMay('schedule.write')
  const rowKeys = useRowKeys((scheduleId) => setAsked({ scheduleId }))
  useKeys([{ key: 'b', label: asTable ? 'As a picture' : 'As a table', run: () => setAsTable(!asTable), kind: 'do' }])
  const kept = useFocusKept(asTable, lines)
  const given = { days, known: { from, to }, people: shifts.data?.people ?? [], me: me?.id, zone, now }
  const rows = shifts.data?.items.flatMap((rota) =>
    rowsOfRota(rota, {
      withLayers: !phone,
      ...given,
      onAsk: mayOverride(rota.team.id) ? undefined : setAsked,
      onOverride: (override) => setShown({ override, scheduleId: rota.schedule.id, teamId: rota.team.id }),
    }),
  )
  const weekNav = <WeekNav words={rangeWords(days[0]?.date ?? today, days.at(-1)?.date ?? today)} {...nav} />
  const hasRows = (rows?.length ?? 0) > 0
  const nowPanel = <NowPanel people={ahead.data?.people ?? []} me={me?.id} />
  const near = [
    ...(shifts.data?.items.map(({ schedule }) => schedule.zone) ?? []),
    ...given.people.map((face) => face.zone),
  ]
  const make = (
    <Act
      label="New schedule"
      k="n"
      kind="primary"
      to={paths.schedule('new')}
      not={!mayMake && 'Leads and administrators make schedules.'}
    />
  )
  return (
    <Page
      title="On-call"
      chips={
        rows?.length !== 0 && (
          <>
            {!phone && weekNav}
            <ZoneChooser zone={zone} own={own} near={near} onChange={onZone} />
            {!phone && (
              <Toggle on={asTable} onChange={setAsTable}>
                Table <Kbd k="b" />
              </Toggle>
            )}
            <span className={`faint ${styles.legend}`}>
              <b className={styles.you}>blue</b> is you
            </span>
          </>
        )
      }
      acts={
        rows?.length !== 0 && (
          <>
            <Act label="Cover me…" k="o" run={() => setAsked({ mine: true })} hint="somebody takes my shift" />
            <Act label="Add an override…" k="c" run={() => setAsked({})} />
            {!phone && make}
          </>
        )
      }
    >
      {phone && hasRows && nowPanel}
      <Panel label="Who is on call" {...(phone && { title: 'By day', right: weekNav })}>
        {shifts.isError && !shifts.data && (
          <Failed what="The calendar could not be loaded." error={shifts.error} retry={() => void shifts.refetch()} />
        )}
        {shifts.isPending && <Loading lines={6} />}
        {rows?.length === 0 && (
          <Empty title="No schedules yet." act={make}>
            A schedule says who is on call when: people who take turns, hours in which they do, and exceptions.
            Escalation policies turn to whoever it names.
          </Empty>
        )}
        <div {...kept}>
          {hasRows && asTable && <RotaTable label="Who is on call, as a table" rows={rows ?? []} />}
          {hasRows && !asTable && (
            <div ref={rowKeys}>
              <RotaGrid
                label="Who is on call"
                heads={days.map(({ date }) => (date === today ? <b key={date}>{headWords(date)}</b> : headWords(date)))}
                rows={rows ?? []}
              />
            </div>
          )}
        </div>
      </Panel>
      {hasRows && (
        <Columns of="1fr 1fr">
          {ahead.data ? (
            <Ahead shifts={ahead.data} since={since} zone={zone} now={now} onAsk={setAsked} whyNot={mayOverride} />
          ) : (
            <Panel title="Needs a decision">
              <Loading lines={4} />
            </Panel>
          )}
          {!phone && nowPanel}
        </Columns>
      )}
      <Policies />
      <OverrideDialog asked={asked} onClose={() => setAsked(undefined)} />
      {shown && <ShownOverride {...shown} not={mayOverride(shown.teamId)} onClose={() => setShown(undefined)} />}
    </Page>
  )
}

/** What the next days ask for, whatever week is shown above. */
function Ahead(props: {
  shifts: Shifts
  since: number
  zone: string
  now: number
  onAsk: (asked: Asked) => void
  whyNot: (teamId: string) => string | undefined
}) {
  const { shifts, since, zone, now } = props
  const policies = usePolicies()
  const schedules = useSchedules()
  const people = usePeople()
  return (
    <Decisions
      {...props}
      decisions={decisionsOf(shifts, policies.data?.items ?? [], now, zone)}
      notes={clockNotes(schedules.data?.items ?? [], people.data ?? [], { from: since, to: since + CLOCKS_AHEAD })}
      rotas={shifts.items}
      people={people.data ?? []}
    />
  )
}
