import { useState } from 'react'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Choices } from '../../ui/Chip.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { tokensOf } from '../../ui/filter.ts'
import { rowsOf, useIsPhone } from '../../ui/list.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { useUrlState } from '../../ui/url.ts'
import { useWhyNot } from '../monitors/data.ts'
import { capped } from '../monitors/words.ts'
import { useJobCounts, useJobs } from './data.ts'
import { fields, type View, views } from './filter.ts'
import { JobList } from './JobList.tsx'
import styles from './jobs.module.css'
import { useAsk } from './use-ask.ts'
import { pauseOf, usePause } from './use-job-acts.ts'

const viewWords: Record<View, string> = { all: 'All', trouble: 'Trouble', paused: 'Paused', archived: 'Archived' }
const none: ReadonlySet<string> = new Set()

/** Scheduled work that we expect to hear from, what needs somebody first. */
export function Jobs() {
  const [given, setView] = useUrlState<View>('view', 'all')
  const view = views.includes(given) ? given : 'all'
  const [filter, setFilter] = useUrlState<string>('q', '')
  const { ask, problems, known } = useAsk(filter, view)
  const source = useJobs(ask)
  const counts = useJobCounts().data
  const [cursor, setCursor] = useState<string>()
  const [marked, setMarked] = useState(none)
  const whyNot = useWhyNot('job.write')
  const phone = useIsPhone()
  const mayWrite = useMay('job.write') !== undefined
  const pause = usePause()

  const rows = problems.length > 0 ? [] : rowsOf(source.data)
  const tags = [...new Set(rows?.flatMap((row) => row.tags))].sort()
  const chosen = (rows ?? []).filter(({ id }) => (marked.size > 0 ? marked.has(id) : id === cursor))
  const pausing = pauseOf(chosen, whyNot)
  const newJob = mayWrite && <Act label="New job" k="c" kind="primary" to={paths.newJob()} />
  const importing = mayWrite && <Act label="Import" k="i" to={paths.importJobs()} />
  const isFiltered = tokensOf(filter).length > 0
  const isNew = !isFiltered && view === 'all' && rows?.length === 0

  return (
    <Page
      title="Jobs"
      fill={!phone}
      chips={
        <>
          <Choices
            label="View"
            value={view}
            onChange={(next) => {
              setView(next)
              setMarked(none)
            }}
            of={views.map((value) => ({
              value,
              label: counts ? `${viewWords[value]} ${capped(counts[value])}` : viewWords[value],
            }))}
          />
          {marked.size > 0 && <span className="faint">{marked.size} selected</span>}
        </>
      }
      acts={
        !isNew && (
          <>
            {!phone && mayWrite && (
              <Act
                label={pausing.label}
                k="P"
                busy={pause.busy}
                run={() => pause.run({ some: pausing.things, on: pausing.on })}
                not={pausing.not}
              />
            )}
            <Act label="Calendar" k="t" to={paths.jobsCalendar()} />
            {!phone && <Act label="Schedulers" k="s" to={paths.schedulers()} />}
            {!phone && importing}
            {newJob}
          </>
        )
      }
    >
      <Panel label="Jobs" fill={!phone}>
        {!isNew && (
          <div className={styles.filter}>
            <FilterBar
              label="Filter the jobs"
              value={filter}
              onChange={setFilter}
              fields={fields.map((name) => ({ name, values: (name === 'tag' ? tags : known[name]) ?? [] }))}
            />
            {problems.map((problem) => (
              <p key={problem} className={styles.problem} role="status">
                {problem}
              </p>
            ))}
          </div>
        )}
        <JobList
          rows={rows}
          source={source}
          cursor={cursor}
          onCursor={setCursor}
          marked={marked}
          onMarked={setMarked}
          empty={
            isNew ? (
              <Empty
                title="Nothing is expected yet."
                act={
                  <>
                    {newJob} {importing}
                  </>
                }
              >
                A job is work that runs by a schedule: end-of-day prices, a risk batch, a reconciliation. It tells
                Watchfloor that it ran with one line of curl, and somebody is told when it fails or does not come.
              </Empty>
            ) : (
              <Empty title={view === 'trouble' && !isFiltered ? 'Nothing is late or failed.' : 'No job fits.'}>
                {view === 'trouble' && !isFiltered
                  ? 'Whatever was due has come.'
                  : 'Take a part of the filter away, or choose another view.'}
              </Empty>
            )
          }
        />
      </Panel>
    </Page>
  )
}
