import { paths } from '../../../paths.ts'
import { type Column, DataTable } from '../../../ui/DataTable.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import { Empty } from '../../../ui/States.tsx'
import { useZone } from '../../../ui/Time.tsx'
import { TwoLine } from '../../../ui/TwoLine.tsx'
import { millis, span, stamp, zoneName } from '../../../ui/time.ts'
import type { BacktestFound } from '../data.ts'
import { dateWords } from '../words.ts'
import { methodWords, minutesWords, percent } from './words.ts'

type Method = { name: keyof typeof methodWords; score: BacktestFound['ours'] }
type Night = BacktestFound['troubled'][number]
type Deadline = BacktestFound['deadlines'][number]

const none = <span className="faint">–</span>

/** All three measured in the same way. */
export const Methods = ({ found }: { found: BacktestFound }) => {
  const rows: Method[] = [{ name: 'ours', score: found.ours }, ...found.baselines]
  const loss = (title: string, of: keyof BacktestFound['ours']['pinball']): Column<Method> => ({
    title,
    width: 88,
    align: 'right',
    cell: ({ score }) => score.pinball[of].toFixed(1),
  })
  return (
    <Panel title="Beside two baselines" words="loss: pinball loss of predicted ends in minutes; lower is better">
      <DataTable
        label="Beside two baselines"
        flow
        keys={false}
        rows={rows}
        rowId={({ name }) => name}
        columns={[
          { title: 'By', main: true, cell: ({ name }) => <span className="strong">{methodWords[name]}</span> },
          loss('Loss 50 %', 'p50'),
          { ...loss('Loss 80 %', 'p80'), from: 560 },
          loss('Loss 95 %', 'p95'),
          { title: 'False alarms', width: 100, align: 'right', cell: ({ score }) => score.falseAlarms },
          {
            title: 'Warned of',
            width: 96,
            align: 'right',
            from: 640,
            cell: ({ score }) => (found.misses === 0 ? none : `${score.warned} of ${found.misses}`),
          },
          {
            title: 'Warning',
            width: 104,
            align: 'right',
            cell: ({ score }) => (found.misses === 0 ? none : minutesWords(score.warning.mean)),
          },
        ]}
        empty={null}
        phone={({ name, score }) => (
          <TwoLine
            title={methodWords[name]}
            words={`loss ${score.pinball.p50.toFixed(1)}, ${score.pinball.p80.toFixed(1)}, ${score.pinball.p95.toFixed(1)} min; ${score.falseAlarms} false`}
            end={found.misses === 0 ? '' : minutesWords(score.warning.mean)}
          />
        )}
      />
    </Panel>
  )
}

const before = (minutes: number | null) => (minutes === null ? none : minutesWords(minutes))

/** Nights that were missed, and those of which somebody would have been told in vain. */
export const Troubled = ({ found }: { found: BacktestFound }) => {
  const zone = useZone()
  const several = found.deadlines.length > 1
  const ended = (night: Night) =>
    night.endedAt === null
      ? 'did not end'
      : `${span(Math.abs(millis(night.endedAt) - millis(night.dueAt)))} ${night.missed ? 'late' : 'early'}`
  const columns: readonly Column<Night>[] = [
    {
      title: 'Business date',
      main: true,
      cell: (night) => (
        <>
          <span className="strong">{dateWords(night.date)}</span>{' '}
          {several && <span className="faint">{night.deadline.name}</span>}
        </>
      ),
    },
    { title: 'Came of it', width: 96, cell: (night) => (night.missed ? <b>missed</b> : 'in time') },
    {
      title: 'Due',
      width: 104,
      align: 'right',
      from: 760,
      cell: (night) => stamp(night.dueAt, Date.parse(`${night.date}T12:00Z`), zone),
    },
    { title: 'Ended', width: 116, align: 'right', from: 640, faint: true, cell: ended },
    { title: 'Watchfloor', width: 112, align: 'right', cell: (night) => before(night.warning.ours) },
    { title: 'Ten runs', width: 104, align: 'right', cell: (night) => before(night.warning.lastTen) },
    { title: '3 sigma', width: 104, align: 'right', cell: (night) => before(night.warning.threeSigma) },
  ]
  return (
    <Panel
      title="Missed nights and false alarms"
      words={`minutes from the first alarm to the deadline; times of ${zoneName(zone)}`}
    >
      <DataTable
        label="Missed nights and false alarms"
        flow
        keys={false}
        rows={found.troubled}
        rowId={(night) => `${night.deadline.id} ${night.date}`}
        to={(night) => `${paths.chain(night.deadline.id)}?date=${night.date}`}
        columns={columns}
        empty={<Empty title="No night was missed, and nobody would have been told in vain." />}
        phone={(night) => (
          <TwoLine
            title={`${dateWords(night.date)}${several ? ` ${night.deadline.name}` : ''}`}
            words={`${night.missed ? 'missed' : 'in time'}, ${ended(night)}`}
            end={night.warning.ours === null ? 'no alarm' : minutesWords(night.warning.ours)}
          />
        )}
      />
    </Panel>
  )
}

const columns: readonly Column<Deadline>[] = [
  { title: 'Deadline', main: true, cell: (one) => <span className="strong">{one.deadline.name}</span> },
  { title: 'Limit', width: 64, align: 'right', cell: (one) => percent(one.limit) },
  { title: 'Nights', width: 64, align: 'right', cell: (one) => (one.why ? none : one.nights) },
  { title: 'Missed', width: 64, align: 'right', cell: (one) => (one.why ? none : one.misses) },
  { title: 'Warned of', width: 84, align: 'right', from: 560, cell: (one) => (one.misses > 0 ? one.warned : none) },
  {
    title: 'Warning',
    width: 96,
    align: 'right',
    cell: (one) => (one.misses > 0 ? minutesWords(one.warning.mean) : none),
  },
  { title: 'False alarms', width: 96, align: 'right', cell: (one) => (one.why ? none : one.falseAlarms) },
  { title: 'Why not', faint: true, from: 760, cell: (one) => <span title={one.why ?? ''}>{one.why}</span> },
]

/** Each by itself; of those with too little history, why. */
export const Deadlines = ({ found }: { found: BacktestFound }) => (
  <Panel
    title="Deadlines"
    words={found.more ? 'the first twenty; choose a team or a deadline to see others' : undefined}
  >
    <DataTable
      label="Back-tests of deadlines"
      flow
      keys={false}
      rows={found.deadlines}
      rowId={(one) => one.deadline.id}
      to={(one) => paths.backtest(one.deadline.id)}
      columns={columns}
      empty={null}
      phone={(one) => (
        <TwoLine
          title={one.deadline.name}
          words={one.why ?? `${one.misses} of ${one.nights} missed, ${one.falseAlarms} false alarms`}
          end={one.misses > 0 ? minutesWords(one.warning.mean) : ''}
        />
      )}
    />
  </Panel>
)
