import { tellEnd } from '../../../contract/chains/minutes.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { clock, millis, span } from '../../ui/time.ts'
import styles from './chains.module.css'
import type { Night, NightJob } from './data.ts'
import { phaseOf, spokenOf } from './gantt/bars.ts'

const none = <span className="faint">–</span>

const usualWords = ({ usual }: NightJob) => {
  if (!usual || usual.basis === 'none') return none
  const [p10, p90] = [span(usual.p10), span(usual.p90)]
  return `${span(usual.p50)} (${p90.endsWith(' min') ? p10.replace(' min', '') : p10}–${p90})`
}

const columnsOf = (zone: string): readonly Column<NightJob>[] => {
  const time = (at: string | null) => (at ? <span className="num">{clock(at, zone)}</span> : none)
  const expected = (at: string | null) => (at ? <span className="num muted">~{clock(at, zone)}</span> : none)
  const end = (at: string) => clock(tellEnd(millis(at)), zone)
  return [
    {
      title: 'Job',
      main: true,
      mono: true,
      cell: (job) => <b className={job.critical ? 'strong' : styles.usual}>{job.name}</b>,
    },
    { title: 'State', width: 92, cell: (job) => <Phase job={job} /> },
    {
      title: 'Starts',
      width: 70,
      align: 'right',
      cell: (job) => (job.startedAt ? time(job.startedAt) : expected(job.startsAt)),
    },
    {
      title: 'Ends',
      width: 70,
      align: 'right',
      cell: (job) =>
        job.endedAt ? time(job.endedAt) : job.endsAt ? <span className="num muted">~{end(job.endsAt)}</span> : none,
    },
    {
      title: 'P10–P90',
      width: 112,
      align: 'right',
      from: 640,
      cell: (job) =>
        job.band ? (
          <span className="num muted">
            {end(job.band.p10)}–{end(job.band.p90)}
          </span>
        ) : (
          none
        ),
    },
    { title: 'Usually takes', width: 158, align: 'right', faint: true, from: 760, cell: usualWords },
    {
      title: 'May end later by',
      width: 112,
      align: 'right',
      faint: true,
      from: 900,
      cell: (job) => (job.critical ? 'critical path' : job.floatMs === null ? none : span(job.floatMs)),
    },
    { title: 'Blocked', from: 980, cell: (job) => job.blocked?.why ?? '' },
  ]
}

const Phase = ({ job }: { job: NightJob }) => (
  <span className={styles.phase} data-phase={job.phase}>
    {phaseOf(job)}
  </span>
)

type Props = { night: Night; flow?: boolean; cursor?: string | undefined; onCursor?: (id: string) => void }

/** What the picture shows, as rows. */
export const ChainTable = ({ night, flow = false, ...place }: Props) => (
  <DataTable
    {...(place.onCursor && { ...place, opens: true })}
    label={`Jobs of ${night.deadline.name}`}
    flow={flow}
    rows={night.jobs}
    rowId={({ id }) => id}
    to={({ id }) => paths.job(id)}
    columns={columnsOf(night.zone).filter(
      ({ title }) => title !== 'Blocked' || night.jobs.some(({ blocked }) => blocked),
    )}
    empty={null}
    phone={(job) => <TwoLine title={job.name} urgent={<Phase job={job} />} words={spokenOf(job, night.zone)} />}
  />
)
