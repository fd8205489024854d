import type { z } from 'zod'
import type { calendarSummary } from '../../../contract/calendars/index.ts'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Status } from '../../ui/Marks.tsx'
import { useNow } from '../../ui/now.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { zoneName } from '../../ui/time.ts'
import { useCalendars } from './data.ts'
import { knownTo } from './known-to.ts'

type Row = z.output<typeof calendarSummary>

const OpenNow = ({ row }: { row: Row }) => (
  <Status tone={row.openNow ? 'ok' : 'off'}>{row.openNow ? 'open' : 'closed'}</Status>
)

/** Until when the holidays are known; in orange when that is soon, because later days are then taken for usual ones. */
function KnownTo({ date }: { date: string | null }) {
  const now = useNow()
  if (date === null) return 'not said'
  const { words, near } = knownTo(date, now)
  return near ? <Status tone="warn">{words}</Status> : words
}

function PhoneRow({ row }: { row: Row }) {
  const now = useNow()
  const near = row.validThrough !== null && knownTo(row.validThrough, now).near
  return (
    <>
      <TwoLine title={row.name} urgent={<OpenNow row={row} />} words={`${row.kind} · ${zoneName(row.zone)}`} />
      {near && <Status tone="warn">Holidays {knownTo(row.validThrough ?? '', now).words}</Status>}
    </>
  )
}

const columns: readonly Column<Row>[] = [
  { title: 'Calendar', main: true, cell: (row) => <span className="strong">{row.name}</span> },
  { title: 'Now', width: 90, cell: (row) => <OpenNow row={row} /> },
  { title: 'Kind', width: 110, faint: true, cell: (row) => row.kind },
  { title: 'By the clocks of', width: 180, faint: true, from: 600, cell: (row) => zoneName(row.zone) },
  {
    title: 'Holidays',
    width: 250,
    faint: true,
    from: 700,
    cell: (row) => <KnownTo date={row.validThrough} />,
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
          phone={(row) => <PhoneRow row={row} />}
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
