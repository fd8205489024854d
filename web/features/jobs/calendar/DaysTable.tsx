import type { JobDayCounts, JobMonth } from '../../../../contract/jobs/index.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { Status } from '../../../ui/Marks.tsx'
import { Empty } from '../../../ui/States.tsx'
import { TwoLine } from '../../../ui/TwoLine.tsx'
import { dateWords, dayTone, dayWords, sayDay } from './words.ts'

type Row = { job: JobMonth; day: JobDayCounts }
type Props = { jobs: readonly JobMonth[]; onOpen: (job: JobMonth, date: string) => void }

const Worst = ({ day }: { day: JobDayCounts }) => {
  const tone = dayTone[day.verdict]
  return <Status tone={tone === 'plan' ? 'off' : tone}>{dayWords[day.verdict]}</Status>
}
const isWorthALine = ({ verdict, holiday }: JobDayCounts) => verdict !== 'free' || holiday !== null

/** The same days as lines, those alone of which there is something to say. */
export function DaysTable({ jobs, onOpen }: Props) {
  const rows = jobs.flatMap((job) => job.days.filter(isWorthALine).map((day): Row => ({ job, day })))
  return (
    <DataTable
      label="Days of the month"
      rows={rows}
      rowId={({ job, day }) => `${job.id} ${day.date}`}
      onPeek={({ job, day }) => onOpen(job, day.date)}
      empty={<Empty title="Nothing ran, and nothing is expected.">Choose another month.</Empty>}
      columns={[
        { title: 'Day', width: 112, cell: ({ day }) => dateWords(day.date) },
        { title: 'Job', main: true, cell: ({ job }) => <span className="strong">{job.name}</span> },
        { title: 'The worst', width: 200, cell: Worst },
        { title: 'Runs', width: 64, align: 'right', cell: ({ day }) => `${day.runs}${day.more ? '+' : ''}` },
        { title: 'Failed', width: 64, align: 'right', from: 560, cell: ({ day }) => day.failed || '' },
        {
          title: 'Expected',
          width: 84,
          align: 'right',
          from: 640,
          cell: ({ day }) => `${day.expected}${day.moreExpected ? '+' : ''}`,
        },
        {
          title: 'Holiday',
          width: 180,
          faint: true,
          from: 900,
          cell: ({ day }) => day.holiday ?? (day.closed ? 'no business day' : ''),
        },
      ]}
      phone={({ job, day }) => (
        <button
          type="button"
          onClick={() => onOpen(job, day.date)}
          style={{ all: 'unset', display: 'block', width: '100%' }}
        >
          <TwoLine
            title={job.name}
            urgent={dateWords(day.date)}
            words={sayDay(day, job.zone)}
            end={<Worst day={day} />}
          />
        </button>
      )}
    />
  )
}
