import { type ReactNode, useMemo } from 'react'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import type { Source } from '../../ui/list.ts'
import { Strip } from '../../ui/Strip.tsx'
import { Lasting } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { duration } from '../../ui/time.ts'
import type { MonitorRow } from './data.ts'
import styles from './monitors.module.css'
import { StateMark } from './StateMark.tsx'
import { cellsOf } from './strip.ts'
import { belongsTo, every } from './words.ts'

export type ListProps = {
  rows: readonly MonitorRow[] | undefined
  /** The stretch of time of the strips. */
  stretch: { from: string; to: string }
  source: Source
  empty: ReactNode
  cursor: string | undefined
  onCursor: (id: string) => void
  onPeek: (row: MonitorRow) => void
  marked: ReadonlySet<string>
  onMarked: (marked: ReadonlySet<string>) => void
}

/** What is to be said of it in a line: why it is so, else what the last look said. */
export const sentence = (row: Pick<MonitorRow, 'state' | 'reason' | 'lastMessage'>): string => {
  if (row.state === 'paused') return 'Nobody looks'
  return row.reason ?? row.lastMessage ?? 'Not looked at yet'
}

const StripOf = ({ row, stretch }: { row: MonitorRow; stretch: ListProps['stretch'] }) => (
  <Strip label={`${row.name}, last 24 hours`} cells={cellsOf(row.strip, stretch)} />
)

const columnsFor = (stretch: ListProps['stretch']): readonly Column<MonitorRow>[] => [
  { title: 'State', width: 96, cell: (row) => <StateMark state={row.state} /> },
  { title: 'For', width: 74, align: 'right', faint: true, cell: (row) => <Lasting from={row.since} /> },
  {
    title: 'Monitor',
    main: true,
    cell: (row) => (
      <>
        <span className="strong">{row.name}</span> <span className="faint">{belongsTo(row)}</span>
      </>
    ),
  },
  {
    title: 'Last',
    width: 76,
    align: 'right',
    cell: (row) => (row.lastMs === null ? <span className="faint">–</span> : duration(row.lastMs)),
  },
  { title: 'What it says', faint: true, from: 720, cell: (row) => sentence(row) },
  { title: 'Looks at', width: 220, faint: true, mono: true, from: 1300, cell: (row) => row.address },
  { title: 'Every', width: 64, align: 'right', faint: true, from: 960, cell: (row) => every(row.intervalSeconds) },
  { title: 'Last 24 hours', width: 172, from: 560, cell: (row) => <StripOf row={row} stretch={stretch} /> },
]

/** Monitors, the worst first, one line each. */
export function MonitorList({ stretch, ...props }: ListProps) {
  const { from, to } = stretch
  const columns = useMemo(() => columnsFor({ from, to }), [from, to])
  return (
    <DataTable
      {...props}
      label="Monitors"
      opens
      rowId={(row) => row.id}
      to={(row) => paths.monitor(row.id)}
      columns={columns}
      choose="monitors"
      phone={(row) => (
        <>
          <TwoLine
            title={row.name}
            urgent={<StateWord row={row} />}
            words={sentence(row)}
            end={row.lastMs === null ? undefined : duration(row.lastMs)}
          />
          <div className={styles.phoneStrip}>
            <StripOf row={row} stretch={stretch} />
          </div>
        </>
      )}
    />
  )
}

const StateWord = ({ row }: { row: MonitorRow }) => (
  <StateMark state={row.state}>
    {' '}
    <Lasting from={row.since} />
  </StateMark>
)
