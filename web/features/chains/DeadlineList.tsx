import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import type { Source } from '../../ui/list.ts'
import { useNow } from '../../ui/now.ts'
import { Stamp, useZone } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { absolute, millis, zoneName } from '../../ui/time.ts'
import styles from './chains.module.css'
import type { DeadlineRow } from './data.ts'
import { StateMark } from './StateMark.tsx'
import { doneSlackWords, dueWords, endIn, isOver, oddsTone, oddsWords, slackWords, timeIn } from './words.ts'

const none = <span className="faint">–</span>

const State = ({ row }: { row: DeadlineRow }) => {
  if (!row.job) return <span className="muted">no job</span>
  if (row.night) return <StateMark state={row.night.state} />
  return <span className="faint">{row.nextAt ? 'night to come' : 'not yet predicted'}</span>
}

/** When it must be done, by the clocks of its zone, which the heading may say (`bare`); the reader's own on hover. */
function DueAt({ row, bare = false }: { row: DeadlineRow; bare?: boolean }) {
  const own = useZone()
  const now = useNow()
  const dueAt = row.night?.dueAt ?? row.nextAt
  if (!dueAt) return none
  return (
    <time className={row.night ? 'num strong' : 'num faint'} dateTime={dueAt} title={absolute(dueAt, own)}>
      {(bare ? timeIn : dueWords)(dueAt, row.due.zone, now)}
    </time>
  )
}

/** '07:49, at the latest 07:58': by the clocks of the deadline, beside which it stands. */
function Ends({ row }: { row: DeadlineRow }) {
  const now = useNow()
  const { night, latestAt, due } = row
  const at = night?.doneAt ?? night?.endsAt
  if (!night || !at) return none
  const latest = !night.doneAt && latestAt && millis(latestAt) > millis(at) + 60_000 ? latestAt : null
  return (
    <span className="num" title={latest ? `In 19 of 20 nights like this one by ${endIn(latest, due.zone, now)}` : ''}>
      {night.doneAt && <span className="faint">done </span>}
      {night.doneAt ? timeIn(at, due.zone, now) : endIn(at, due.zone, now)}
      {latest && <span className="faint"> –{endIn(latest, due.zone, now)}</span>}
    </span>
  )
}

function Odds({ row }: { row: DeadlineRow }) {
  if (!row.night || isOver(row.night.state) || row.night.odds === null) return none
  return (
    <span className={`num ${styles.odds}`} data-tone={oddsTone(row.night.odds)}>
      {oddsWords(row.night.odds)}
    </span>
  )
}

function Slack({ row }: { row: DeadlineRow }) {
  const { night } = row
  if (!night || night.state === 'unknown') return none
  if (night.doneAt) return <span className="faint num">{doneSlackWords(night.doneAt, night.dueAt)}</span>
  if (night.slackMs === null) return none
  return <span className="num">{slackWords(night.slackMs)}</span>
}

const ActOn = ({ row }: { row: DeadlineRow }) => {
  const culprit = row.night && !isOver(row.night.state) ? row.night.culprit : null
  return culprit ? (
    <Link to={paths.job(culprit.id)} className="mono">
      {culprit.name}
    </Link>
  ) : (
    none
  )
}

const whom = (row: DeadlineRow) => row.consequence || row.audience || row.service?.name || ''

const columns: readonly Column<DeadlineRow>[] = [
  { title: 'State', width: 126, cell: (row) => <State row={row} /> },
  {
    title: 'Deadline',
    main: true,
    // What it means that it slips gets the rest.
    wide: 262,
    cell: (row) => (
      <>
        <span className="strong">{row.name}</span>{' '}
        {row.held ? (
          <span className={styles.held}>alarms held</span>
        ) : (
          <span className="faint">{row.service?.name}</span>
        )}
      </>
    ),
  },
  { title: 'Due', width: 144, wide: 160, align: 'right', cell: (row) => <DueAt row={row} /> },
  {
    title: 'Expected end',
    heading: 'Expected end – P95',
    width: 136,
    align: 'right',
    from: 560,
    cell: (row) => <Ends row={row} />,
  },
  { title: 'Odds to miss', width: 92, align: 'right', cell: (row) => <Odds row={row} /> },
  { title: 'Slack', width: 68, align: 'right', from: 720, cell: (row) => <Slack row={row} /> },
  { title: 'Act on', width: 146, from: 860, cell: (row) => <ActOn row={row} /> },
  {
    title: 'If it slips',
    faint: true,
    from: 900,
    cell: (row) => (
      <span title={[row.consequence, row.audience, row.cost].filter(Boolean).join('\n')}>{whom(row)}</span>
    ),
  },
  {
    title: 'Last job',
    width: 150,
    aside: true,
    cell: (row) => <span className="mono">{row.job?.name}</span>,
  },
  { title: 'Team', width: 120, aside: true, cell: (row) => row.team?.name ?? none },
  {
    title: 'Predicted',
    width: 84,
    align: 'right',
    aside: true,
    cell: (row) => (row.night ? <Stamp at={row.night.predictedAt} /> : none),
  },
]

/** What the business reads of it: how it stands, and what it costs. */
export const forBusiness: readonly Column<DeadlineRow>[] = columns
  .filter(({ title }) => ['State', 'Deadline', 'Due', 'Expected end', 'Odds to miss'].includes(title))
  .map(({ heading: _, ...column }) => (column.title === 'Due' ? { ...column, width: 156 } : column))

type Props = {
  rows: readonly DeadlineRow[] | undefined
  source: Source
  empty: ReactNode
  cursor: string | undefined
  onCursor: (id: string) => void
}

/** What is most urgent of it, for a phone: the odds while they matter, else how it stands. */
const urgent = ({ night }: DeadlineRow) =>
  night && !isOver(night.state) && night.odds !== null && night.odds >= 0.2 ? ` ${oddsWords(night.odds)}` : ''

/** On a phone. */
export const DeadlineLine = ({ row }: { row: DeadlineRow }) => (
  <TwoLine
    title={row.name}
    urgent={
      <>
        <State row={row} />
        {urgent(row)}
      </>
    }
    words={row.night?.culprit && !isOver(row.night.state) ? `act on ${row.night.culprit.name}` : whom(row)}
    end={<DueAt row={row} />}
  />
)

/** Where all deadlines are of one zone, it is said once. */
const columnsOf = (rows: Props['rows']): readonly Column<DeadlineRow>[] => {
  const [zone, ...others] = new Set(rows?.map(({ due }) => due.zone))
  if (!zone || others.length > 0) return columns
  const due = {
    heading: `Due, ${zoneName(zone)}`,
    width: 96,
    wide: 96,
    cell: (row: DeadlineRow) => <DueAt row={row} bare />,
  }
  return columns.map((column) => (column.title === 'Due' ? { ...column, ...due } : column))
}

/** Deadlines, what needs somebody first, one line each. */
export const DeadlineList = (props: Props) => (
  <DataTable
    {...props}
    label="Deadlines"
    opens
    rowId={(row) => row.id}
    to={(row) => paths.chain(row.id)}
    columns={columnsOf(props.rows)}
    choose="deadlines"
    tone={(row) => (row.night?.state === 'late' ? 'down' : undefined)}
    phone={(row) => <DeadlineLine row={row} />}
  />
)
