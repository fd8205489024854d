import type { ReactNode } from 'react'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import type { Source } from '../../ui/list.ts'
import { Lasting } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { AlertState } from './AlertState.tsx'
import { AlertMark } from './SeverityMark.tsx'
import { type AlertRow, capped } from './words.ts'

/** 'Settlement · prddba1 · uat': what it is about, without what everybody takes for granted. */
const about = ({ service, host, environment }: AlertRow) =>
  [service?.name, host, environment === 'prod' ? undefined : environment].filter(Boolean).join(' · ')

const columnsFor = (held: boolean): readonly Column<AlertRow>[] => [
  { title: 'Severity', width: 86, cell: (row) => <AlertMark alert={row} /> },
  {
    title: 'For',
    width: 68,
    align: 'right',
    cell: (row) => <Lasting from={row.startedAt} to={row.endedAt} />,
  },
  {
    title: 'Alert',
    main: true,
    cell: (row) => (
      <>
        <span className="strong">{row.title}</span> <span className="faint">{about(row)}</span>
      </>
    ),
  },
  { title: 'Source', width: 130, faint: true, from: 980, cell: (row) => row.source.name },
  {
    title: 'Reported',
    width: 68,
    align: 'right',
    faint: true,
    from: 760,
    cell: (row) => (row.occurrences > 1 ? `${row.occurrences.toLocaleString('en-GB')} ×` : ''),
  },
  { title: 'Ticket', width: 86, mono: true, faint: true, from: 620, cell: (row) => row.ticket?.number ?? '' },
  { title: 'State', width: held ? 380 : 196, faint: true, cell: (row) => <AlertState alert={row} /> },
]

// Made once: a table whose columns stay draws only the rows that have changed.
const columns = columnsFor(false)
const heldColumns = columnsFor(true)

type AlertListProps = {
  label: string
  rows: readonly AlertRow[] | undefined
  source?: Source
  empty: ReactNode
  cursor?: string | undefined
  onCursor?: (id: string) => void
  onPeek?: (row: AlertRow) => void
  marked?: ReadonlySet<string>
  onMarked?: (marked: ReadonlySet<string>) => void
  /** The reason why they are held back needs room. */
  held?: boolean
  flow?: boolean
  keys?: boolean
}

/** Alerts, one line each. */
export const AlertList = ({ held = false, ...props }: AlertListProps) => (
  <DataTable
    {...props}
    opens
    rowId={(row) => row.id}
    to={(row) => paths.alert(row.id)}
    columns={held ? heldColumns : columns}
    choose="alerts"
    phone={(row) => (
      <TwoLine
        mark={<AlertMark alert={row} brief />}
        title={row.title}
        urgent={<Lasting from={row.startedAt} to={row.endedAt} />}
        words={[row.severity, about(row), row.ticket?.number, row.occurrences > 1 && `${capped(row.occurrences)} ×`]
          .filter(Boolean)
          .join(' · ')}
        end={<AlertState alert={row} short />}
      />
    )}
  />
)
