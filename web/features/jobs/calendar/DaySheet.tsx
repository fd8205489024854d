import { Link } from '@tanstack/react-router'
import type { JobMonth } from '../../../../contract/jobs/index.ts'
import { paths } from '../../../paths.ts'
import { Sheet } from '../../../ui/Dialog.tsx'
import { Facts } from '../../../ui/Facts.tsx'
import { Status } from '../../../ui/Marks.tsx'
import { Failed, Loading } from '../../../ui/States.tsx'
import { Stamp } from '../../../ui/Time.tsx'
import { clock, duration, zoneName } from '../../../ui/time.ts'
import { lateWords, noteworthy, outcomeTone, outcomeWords, verdictWords } from '../words.ts'
import styles from './calendar.module.css'
import { type DayAsk, useDay } from './data.ts'
import { countsOf, dateWords, dayTone, dayWords } from './words.ts'

type Props = { job: JobMonth | undefined; ask: DayAsk | undefined; onClose: () => void; onRun: (id: string) => void }

/** A day of a job: when it is expected, and its runs, of which each opens. */
export const DaySheet = ({ job, ask, onClose, onRun }: Props) => (
  <Sheet
    opened={ask !== undefined}
    onClose={onClose}
    from="right"
    title={job && ask ? `${job.name}, ${dateWords(ask.date)}` : 'A day'}
  >
    {ask && <Shown ask={ask} onRun={onRun} />}
  </Sheet>
)

const SHOWN_TIMES = 12

function Shown({ ask, onRun }: { ask: DayAsk; onRun: (id: string) => void }) {
  const found = useDay(ask)
  const day = found.data
  if (!day)
    return found.isError ? (
      <Failed what="The day could not be loaded." error={found.error} retry={() => void found.refetch()} />
    ) : (
      <Loading lines={5} />
    )
  const tone = dayTone[day.verdict]
  return (
    <div className={styles.sheet}>
      <Facts
        as="rows"
        of={[
          { label: 'The worst', value: <Status tone={tone === 'plan' ? 'off' : tone}>{dayWords[day.verdict]}</Status> },
          countsOf(day, day.zone) !== '' && { label: 'In all', value: countsOf(day, day.zone) },
          day.times.length > 0 && {
            label: 'Expected',
            value: (
              <span className="num">
                {day.times
                  .slice(0, SHOWN_TIMES)
                  .map((at) => clock(at, day.zone))
                  .join(', ')}
                {day.times.length > SHOWN_TIMES && ' and more'} {zoneName(day.zone)}
              </span>
            ),
          },
          {
            label: 'The day',
            value: (
              <>
                from <Stamp at={day.beginsAt} full /> to <Stamp at={day.endsAt} full />
              </>
            ),
          },
          day.holiday !== null && { label: 'Holiday', value: day.holiday },
        ]}
      />
      {day.list.length === 0 ? (
        <p className="faint">No run of this day is known.</p>
      ) : (
        <ul className={styles.runs} aria-label="Its runs">
          {day.list.map((run) => (
            <li key={run.id}>
              <button type="button" onClick={() => onRun(run.id)}>
                <Status tone={outcomeTone[run.outcome]}>{outcomeWords[run.outcome]}</Status>
                <span className="num">
                  <Stamp at={run.startedAt ?? run.at} full />
                </span>
                <span className="faint">
                  {[
                    run.ms !== null && duration(run.ms),
                    run.lateMs !== null && lateWords(run.lateMs),
                    ...noteworthy(run.verdicts).map((v) => verdictWords[v]),
                  ]
                    .filter(Boolean)
                    .join(', ')}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {day.list.length < day.runs + day.running && (
        <p className="faint">Not all are shown: those to note, and the first of the day.</p>
      )}
      <p>
        <Link to={paths.job(day.job.id)}>All runs of {day.job.name}</Link>
      </p>
    </div>
  )
}
