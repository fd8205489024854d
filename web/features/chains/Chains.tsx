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
import { capped } from '../monitors/words.ts'
import styles from './chains.module.css'
import { DeadlineList } from './DeadlineList.tsx'
import { type DeadlineRow, useDeadlineCounts, useDeadlines } from './data.ts'
import { ExtendDialog } from './ExtendDialog.tsx'
import { fields, type View, views } from './filter.ts'
import { TakeAlong } from './TakeAlong.tsx'
import { useAsk } from './use-ask.ts'
import { useWhyNot } from './use-deadline-acts.ts'

const viewWords: Record<View, string> = { all: 'All', trouble: 'Trouble', held: 'Held' }

/** By when chains of jobs must be done tonight, and whether they will be: what needs somebody first. */
export function Chains() {
  const [given, setView] = useUrlState<View>('view', 'all')
  const view = views.includes(given) ? given : 'all'
  const [filter, setFilter] = useUrlState<string>('q', '')
  const { ask, problems, known } = useAsk(filter, view)
  const source = useDeadlines(ask)
  const counts = useDeadlineCounts().data
  const [cursor, setCursor] = useState<string>()
  const [extending, setExtending] = useState<DeadlineRow>()
  const [taking, setTaking] = useState(false)
  const phone = useIsPhone()
  const mayWrite = useMay('chain.write') !== undefined
  const mayImport = useMay('job.write') !== undefined
  const whyNot = useWhyNot()

  const rows = problems.length > 0 ? [] : rowsOf(source.data)
  const chosen = rows?.find(({ id }) => id === cursor)
  const newDeadline = mayWrite && <Act label="New deadline" k="c" kind="primary" to={paths.newDeadline()} />
  const isFiltered = tokensOf(filter).length > 0
  const isNew = !isFiltered && view === 'all' && rows?.length === 0

  return (
    <Page
      title="Deadlines"
      fill={!phone}
      chips={
        <Choices
          label="View"
          value={view}
          onChange={setView}
          of={views.map((value) => ({
            value,
            label: counts ? `${viewWords[value]} ${capped(counts[value])}` : viewWords[value],
          }))}
        />
      }
      acts={
        !isNew && (
          <>
            {!phone && mayWrite && (
              <Act
                label="Extend"
                k="u"
                run={() => setExtending(chosen)}
                not={chosen ? (whyNot(chosen.team) ?? notTonight(chosen)) : 'Choose a deadline first: j and k move.'}
              />
            )}
            {!phone && <Act label="Take along" k="o" hint="calendar, CSV" run={() => setTaking(true)} />}
            {!phone && <Act label="Back-test" k="b" to={paths.backtest()} />}
            <Act label="Pre-flight" k="f" to={paths.preFlight()} />
            {newDeadline}
          </>
        )
      }
    >
      <Panel label="Deadlines" fill={!phone}>
        {!isNew && (
          <div className={styles.filter}>
            <FilterBar
              label="Filter the deadlines"
              value={filter}
              onChange={setFilter}
              fields={fields.map((name) => ({ name, values: known[name] ?? [] }))}
            />
            {problems.map((problem) => (
              <p key={problem} className={styles.problem} role="status">
                {problem}
              </p>
            ))}
          </div>
        )}
        <DeadlineList
          rows={rows}
          source={source}
          cursor={cursor}
          onCursor={setCursor}
          empty={
            isNew ? (
              <Empty
                title="No chain has to be done by a time yet."
                act={
                  <>
                    {newDeadline} {mayImport && <Act label="Import jobs" k="i" to={paths.importJobs()} />}
                  </>
                }
              >
                A deadline is a job that must be done by a time, with what happens to the business when it is not: EOD
                P&L by 07:45. All that this job waits for is its chain; each minute Watchfloor works out with which odds
                the deadline is missed, and on which job to act. Deadlines of AutoSys and Control-M come with the import
                of their jobs.
              </Empty>
            ) : (
              <Empty title={view === 'trouble' && !isFiltered ? 'No deadline is in danger.' : 'No deadline fits.'}>
                {view === 'trouble' && !isFiltered
                  ? 'What has to be done tonight is done, or will be in time.'
                  : 'Take a part of the filter away, or choose another view.'}
              </Empty>
            )
          }
        />
      </Panel>
      {taking && <TakeAlong onClose={() => setTaking(false)} />}
      {extending?.night && (
        <ExtendDialog
          deadline={extending}
          date={extending.night.date}
          dueAt={extending.night.dueAt}
          onClose={() => setExtending(undefined)}
        />
      )}
    </Page>
  )
}

const notTonight = (row: DeadlineRow): string | undefined => {
  if (!row.job) return `The job of ${row.name} was deleted. Give it another job, or delete it.`
  return row.night ? undefined : 'Its first night was not predicted yet.'
}
