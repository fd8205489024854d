import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { query } from '../../api.ts'
import type { Column } from '../../ui/DataTable.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { keyset, rowsOf } from '../../ui/list.ts'
import { Stamp, useZone } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { clock, day, type Instant } from '../../ui/time.ts'
import { useUrlState } from '../../ui/url.ts'
import { factsEvery } from './data.ts'
import { HoldState } from './HoldState.tsx'
import { HoldsPage, RowName, usePast } from './HoldsPage.tsx'
import { MaintenanceForm } from './MaintenanceForm.tsx'
import { MaintenanceView } from './MaintenanceView.tsx'
import { coveredInWords, recurrenceInWords } from './maintenance-words.ts'
import { capped, type Maintenance } from './words.ts'

/** One without a next time is over, whether somebody ended it or not. */
const State = ({ row: { next, endedAt, endsAt, startsAt } }: { row: Maintenance }) => (
  <HoldState
    from={next?.from ?? null}
    to={next?.to ?? null}
    endedAt={endedAt ?? (next ? null : (endsAt ?? startsAt))}
  />
)

/** '5 Dec 14:00 to 17:00', in the reader's zone as all times: the day of the end is said only if it is another. */
const Between = ({ from, to }: { from: Instant; to: Instant }) => {
  const zone = useZone()
  return (
    <>
      <Stamp at={from} full /> to {day(from, zone) === day(to, zone) ? clock(to, zone) : <Stamp at={to} full />}
    </>
  )
}

const When = ({ row: { next, endedAt, endsAt, startsAt } }: { row: Maintenance }) =>
  next && endedAt === null ? (
    <Between from={next.from} to={next.to} />
  ) : (
    <Stamp at={endedAt ?? endsAt ?? startsAt} full />
  )

const columnsFor = (open: (id: string) => void): readonly Column<Maintenance>[] => [
  { title: 'State', width: 76, cell: (row) => <State row={row} /> },
  {
    title: 'Maintenance',
    cell: (row) => (
      <RowName onOpen={() => open(row.id)}>
        <span className="strong">{row.name}</span> <span className="faint">{coveredInWords(row)}</span>
      </RowName>
    ),
  },
  { title: 'Holding', width: 74, align: 'right', cell: (row) => (row.holding > 0 ? capped(row.holding) : '') },
  { title: 'Now or next', width: 208, cell: (row) => <When row={row} /> },
  {
    title: 'Repeats',
    width: 230,
    faint: true,
    from: 900,
    cell: (row) => (row.recurrence ? recurrenceInWords(row.recurrence) : 'once'),
  },
  { title: 'By', width: 100, faint: true, from: 640, cell: (row) => row.createdBy.name },
]

/** Maintenance windows: planned work during which nobody is told, once or again and again. */
export function Maintenances({ views }: { views: ReactNode }) {
  const [view] = usePast()
  const [shown, show] = useUrlState<string>('window', '')
  const [creating, setCreating] = useState(false)
  const list = useInfiniteQuery({
    ...query.alerts.maintenance.list.infiniteOptions({
      input: (page: string | undefined) => ({ view, limit: 100, ...(page && { cursor: page }) }),
      ...keyset,
    }),
    refetchInterval: factsEvery,
  })
  return (
    <HoldsPage
      label="Maintenance windows"
      views={views}
      rows={rowsOf(list.data)}
      source={list}
      columns={columnsFor(show)}
      create="Plan maintenance"
      onCreate={() => setCreating(true)}
      onOpen={show}
      phone={(row) => (
        <TwoLine
          mark={<State row={row} />}
          title={row.name}
          words={<When row={row} />}
          end={row.recurrence ? 'repeats' : 'once'}
        />
      )}
      empty={{
        title: view === 'all' ? 'No maintenance was ever planned.' : 'No maintenance is planned.',
        words:
          'While a maintenance window lasts, the alerts of its services, hosts or environments are held back: everything is watched, and nobody is told. It happens once, or again and again, such as each Saturday from 02:00 for two hours.',
      }}
    >
      <Dialog opened={creating} onClose={() => setCreating(false)} title="Plan maintenance" wide>
        {creating && <MaintenanceForm onClose={() => setCreating(false)} />}
      </Dialog>
      <MaintenanceView id={shown} onClose={() => show('')} />
    </HoldsPage>
  )
}
