import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { JobMonth } from '../../../contract/jobs/index.ts'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Choices, Toggle } from '../../ui/Chip.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { rowsOf, useIsPhone } from '../../ui/list.ts'
import { useNow } from '../../ui/now.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { useZone } from '../../ui/Time.tsx'
import { useUrlState } from '../../ui/url.ts'
import { wallOf } from '../../ui/wall.ts'
import styles from './calendar/calendar.module.css'
import { DaySheet } from './calendar/DaySheet.tsx'
import { DaysTable } from './calendar/DaysTable.tsx'
import { type DayAsk, useMonth } from './calendar/data.ts'
import { JobsGrid } from './calendar/JobsGrid.tsx'
import { Legend } from './calendar/Legend.tsx'
import { MonthNav } from './calendar/MonthNav.tsx'
import { MonthSheet } from './calendar/MonthSheet.tsx'
import { monthWords } from './calendar/words.ts'
import { fields } from './filter.ts'
import jobStyles from './jobs.module.css'
import { RunSheet } from './RunSheet.tsx'
import { useAsk } from './use-ask.ts'

const dayKinds = ['calendar', 'business'] as const

/** A month of runs: what each day of each job was like, and what is expected on those to come. */
export function JobsCalendar() {
  const mayWrite = useMay('job.write') !== undefined
  const zone = useZone()
  const now = useNow()
  const phone = useIsPhone()
  const today = wallOf(now, zone).slice(0, 10)
  const [given, setMonth] = useUrlState<string>('month', '')
  const month = /^2[01]\d\d-(0[1-9]|1[0-2])$/.test(given) ? given : today.slice(0, 7)
  const [days, setDays] = useUrlState<(typeof dayKinds)[number]>('days', 'calendar')
  const [as, setAs] = useUrlState<'calendar' | 'table'>('as', 'calendar')
  const [jobId, setJob] = useUrlState<string>('job', '')
  const [filter, setFilter] = useUrlState<string>('q', '')
  const { ask, problems, known } = useAsk(filter, 'all')
  const cut = days === 'business' ? 'business' : '00:00'
  const source = useMonth(ask, { month, cut, zone, ...(jobId && { jobId }) })
  const jobs = problems.length > 0 ? [] : rowsOf(source.data)
  const one = jobId === '' ? undefined : jobs?.[0]
  const [opened, open] = useState<{ job: JobMonth; ask: DayAsk; run?: string }>()
  const onOpen = (job: JobMonth, date: string) => open({ job, ask: { id: job.id, date, cut, zone } })

  return (
    <Page
      title={one ? `Calendar of ${one.name}` : 'Calendar of runs'}
      fill={!phone}
      chips={
        <>
          <MonthNav
            month={month}
            now={today.slice(0, 7)}
            onMonth={(next) => setMonth(next === today.slice(0, 7) ? '' : next)}
          />
          <Choices
            label="Days"
            value={days}
            onChange={setDays}
            of={[
              { value: 'calendar', label: 'Calendar days' },
              { value: 'business', label: 'Business dates' },
            ]}
          />
          <Toggle on={as === 'table'} onChange={(on) => setAs(on ? 'table' : 'calendar')}>
            Table
          </Toggle>
          {one && <Link to={paths.job(one.id)}>Page of the job</Link>}
        </>
      }
    >
      <Panel label={`Days of ${monthWords(month)}`} fill={!phone} foot={as === 'calendar' && <Legend />}>
        <div className={jobStyles.filter}>
          {jobId ? (
            <Button size="compact-xs" variant="subtle" onClick={() => setJob('')}>
              All jobs
            </Button>
          ) : (
            <FilterBar
              label="Filter the jobs"
              value={filter}
              onChange={setFilter}
              fields={fields.map((name) => ({ name, values: known[name] ?? [] }))}
            />
          )}
          {problems.map((problem) => (
            <p key={problem} className={jobStyles.problem} role="status">
              {problem}
            </p>
          ))}
        </div>
        {jobs === undefined && !source.isError && <Loading />}
        {source.isError && (
          <Failed what="The calendar could not be loaded." error={source.error} retry={() => void source.refetch()} />
        )}
        {jobs?.length === 0 && (
          <Empty
            title={filter === '' ? 'Nothing is expected yet.' : 'No job fits.'}
            act={
              filter !== '' ? (
                <Link to={paths.jobs()}>All jobs</Link>
              ) : (
                mayWrite && <Act label="New job" k="c" kind="primary" to={paths.newJob()} />
              )
            }
          >
            A job stands here from the day on which it is added.{filter !== '' && ' Take a part of the filter away.'}
          </Empty>
        )}
        {jobs && jobs.length > 0 && as === 'table' && <DaysTable jobs={jobs} onOpen={onOpen} />}
        {jobs && jobs.length > 0 && as === 'calendar' && (
          <Days jobs={jobs} month={month} today={today} one={one} onOpen={onOpen} />
        )}
        {source.hasNextPage && (
          <div className={jobStyles.filter}>
            <Button loading={source.isFetchingNextPage} onClick={() => void source.fetchNextPage()}>
              Show more jobs
            </Button>
          </div>
        )}
      </Panel>
      <DaySheet
        job={opened?.job}
        ask={opened && opened.run === undefined ? opened.ask : undefined}
        onClose={() => open(undefined)}
        onRun={(run) => opened && open({ ...opened, run })}
      />
      {opened && (
        <RunSheet
          jobId={opened.job.id}
          name={opened.job.name}
          runId={opened.run}
          // Back to its day.
          onClose={() => open({ job: opened.job, ask: opened.ask })}
        />
      )}
    </Page>
  )
}

type DaysProps = {
  jobs: readonly JobMonth[]
  month: string
  today: string
  one: JobMonth | undefined
  onOpen: (job: JobMonth, date: string) => void
}

function Days({ jobs, month, today, one, onOpen }: DaysProps) {
  const phone = useIsPhone()
  if (one) return <MonthSheet job={one} today={today} small={phone} onOpen={onOpen} />
  if (!phone)
    return <JobsGrid label={`Jobs by days of ${monthWords(month)}`} jobs={jobs} today={today} onOpen={onOpen} />
  return jobs.map((job) => (
    <section key={job.id} className={styles.job} aria-label={job.name}>
      <h3>
        <Link to={paths.job(job.id)}>{job.name}</Link>
        <span className="faint clip">{job.words}</span>
      </h3>
      <MonthSheet job={job} today={today} small onOpen={onOpen} />
    </section>
  ))
}
