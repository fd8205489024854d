import { Fragment, type ReactNode, useMemo } from 'react'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { Chip } from '../../ui/Chip.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import type { Source } from '../../ui/list.ts'
import { Stamp } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { type OddsOfJob, useOddsOnJobs } from '../chains/data.ts'
import { HighOdds, JobOdds } from '../chains/JobOdds.tsx'
import { belongsTo } from '../monitors/words.ts'
import { Bars } from './Bars.tsx'
import type { JobRow } from './data.ts'
import styles from './jobs.module.css'
import { StateMark } from './StateMark.tsx'
import { lateWords, scheduleWords, tookWords } from './words.ts'

type ListProps = {
  rows: readonly JobRow[] | undefined
  source: Source
  empty: ReactNode
  cursor: string | undefined
  onCursor: (id: string) => void
  marked: ReadonlySet<string>
  onMarked: (marked: ReadonlySet<string>) => void
}

const BarsOf = ({ row }: { row: JobRow }) => <Bars label={`${row.name}, last runs`} bars={row.bars} />
/** When it ended and how long it took stand in columns of their own. */
const saidBriefly = (row: JobRow) => {
  if (row.state !== 'ok') return row.reason
  const late = row.lastLateMs === null ? '' : `, ${lateWords(row.lastLateMs)}`
  return row.unusual.length > 0 ? `unusual ${row.unusual.join(', ')}; ended well${late}` : `ended well${late}`
}
const due = ({ dueAt }: JobRow) =>
  dueAt && (
    <>
      due <Stamp at={dueAt} />
    </>
  )
const none = <span className="faint">–</span>

const columns: readonly Column<JobRow>[] = [
  { title: 'State', width: 114, cell: (row) => <StateMark state={row.state} /> },
  {
    title: 'Job',
    main: true,
    cell: (row) => (
      <>
        <span className="strong">{row.name}</span> <span className="faint">{belongsTo(row)}</span>
      </>
    ),
  },
  { title: 'What it says', faint: true, from: 720, cell: (row) => saidBriefly(row) },
  {
    title: 'Tags',
    width: 150,
    from: 1100,
    cell: (row) => (
      <span title={row.tags.join(', ')}>
        {row.tags.map((tag) => (
          <Fragment key={tag}>
            <Chip>{tag}</Chip>{' '}
          </Fragment>
        ))}
      </span>
    ),
  },
  {
    title: 'Last run',
    width: 84,
    align: 'right',
    faint: true,
    cell: (row) => (row.lastAt ? <Stamp at={row.lastAt} /> : none),
  },
  {
    title: 'Took',
    width: 72,
    align: 'right',
    from: 640,
    cell: (row) => (row.lastMs === null ? none : tookWords(row.lastMs)),
  },
  {
    title: 'Next due',
    width: 84,
    align: 'right',
    from: 480,
    cell: (row) => (row.dueAt ? <Stamp at={row.dueAt} /> : none),
  },
  {
    title: 'Schedule',
    width: 190,
    faint: true,
    mono: true,
    from: 1300,
    cell: (row) => scheduleWords(row.schedule, row.follows?.name),
  },
  { title: 'Last runs', width: 160, from: 560, cell: (row) => <BarsOf row={row} /> },
]

/** Only where a deadline hangs on one of them: elsewhere it would say nothing. */
const columnsOf = (tagged: boolean, odds: ReadonlyMap<string, OddsOfJob>): readonly Column<JobRow>[] =>
  columns.flatMap((column) => {
    if (column.title === 'Tags' && !tagged) return []
    if (column.title !== 'Last run' || odds.size === 0) return [column]
    return [oddsColumn(odds), column]
  })

const oddsColumn = (odds: ReadonlyMap<string, OddsOfJob>): Column<JobRow> => ({
  title: 'Odds to miss',
  width: 88,
  align: 'right',
  from: 800,
  cell: (row) => <JobOdds of={odds.get(row.id)} job={row} />,
})

/** Jobs, what needs somebody first, one line each. */
export function JobList(props: ListProps) {
  const rows = props.rows ?? []
  const odds = useOddsOnJobs(useMay('chain.read') === undefined ? [] : rows.map(({ id }) => id))
  const tagged = rows.some(({ tags }) => tags.length > 0)
  const shown = useMemo(() => columnsOf(tagged, odds), [tagged, odds])
  return (
    <DataTable
      {...props}
      label="Jobs"
      opens
      rowId={(row) => row.id}
      to={(row) => paths.job(row.id)}
      columns={shown}
      choose="jobs"
      phone={(row) => (
        <>
          <TwoLine
            title={row.name}
            urgent={<StateMark state={row.state} />}
            words={row.unusual.length > 0 ? saidBriefly(row) : row.reason}
            end={row.bars.length === 0 && due(row)}
          />
          <div className={styles.phoneBars}>
            {row.bars.length > 0 && (
              <div>
                <BarsOf row={row} />
              </div>
            )}
            <HighOdds of={odds.get(row.id)} job={row} />
            {row.bars.length > 0 && row.dueAt && <span className="faint">{due(row)}</span>}
          </div>
        </>
      )}
    />
  )
}
