import type { z } from 'zod'
import type { calendarSummary } from '../../../contract/calendars/index.ts'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Status } from '../../ui/Marks.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { zoneName } from '../../ui/time.ts'
import { useCalendars } from './data.ts'

type Row = z.output<typeof calendarSummary>

const OpenNow = ({ row }: { row: Row }) => (
  <Status tone={row.openNow ? 'ok' : 'off'}>{row.openNow ? 'open' : 'closed'}</Status>
)

/** '31 Dec 2027' */
const dateWords = (date: string): string =>
  new Date(`${date}T12:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })

const columns: readonly Column<Row>[] = [
  { title: 'Calendar', main: true, cell: (row) => <span className="strong">{row.name}</span> },
  { title: 'Now', width: 90, cell: (row) => <OpenNow row={row} /> },
  { title: 'Kind', width: 110, faint: true, cell: (row) => row.kind },
  { title: 'By the clocks of', width: 180, faint: true, from: 600, cell: (row) => zoneName(row.zone) },
  {
    title: 'Holidays known through',
    width: 180,
    faint: true,
    from: 800,
    cell: (row) => (row.validThrough ? dateWords(row.validThrough) : 'no end given'),
  },
]

/** Calendars of all kinds. */
export function Calendars() {
  const may = useMay('calendar.write') !== undefined
  const list = useCalendars()
  const add = may && <Act label="New calendar" k="c" kind="primary" to={paths.newCalendar()} />
  return (
    <Page title="Calendars" fill acts={list.data?.items.length !== 0 && add}>
      <Panel fill label="Calendars">
        <DataTable
          label="Calendars"
          rows={list.data?.items}
          source={list}
          rowId={({ id }) => id}
          to={({ id }) => paths.calendar(id)}
          columns={columns}
          phone={(row) => (
            <TwoLine title={row.name} urgent={<OpenNow row={row} />} words={`${row.kind} · ${zoneName(row.zone)}`} />
          )}
          empty={
            <Empty title="There is no calendar yet." act={add}>
              A calendar says when a service is supported, with its holidays. SLA clocks run in those hours; without a
              calendar they run around the clock.
            </Empty>
          }
        />
      </Panel>
    </Page>
  )
}
