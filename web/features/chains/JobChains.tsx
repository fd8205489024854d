import { Link } from '@tanstack/react-router'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { useNow } from '../../ui/now.ts'
import { Panel } from '../../ui/Panel.tsx'
import styles from './chains.module.css'
import { type DeadlineRow, useDeadlinesOn, useJobGraph } from './data.ts'
import { besides } from './GraphSide.tsx'
import own from './job-chains.module.css'
import { StateMark } from './StateMark.tsx'
import { dueWords, isOver, oddsTone, oddsWords } from './words.ts'

const most = 6

type Named = { id: string; name: string }

const Names = ({ of, to }: { of: readonly Named[]; to: (id: string) => string }) => (
  <span className={styles.names}>
    {of.slice(0, most).map(({ id, name }) => (
      <Link key={id} to={to(id)}>
        {name}
      </Link>
    ))}
    {of.length > most && <span className="faint">and {of.length - most} more</span>}
  </span>
)

/** On the page of a job: what it waits for, what waits for it, and whom it hurts when it is late. */
export const JobChains = ({ job }: { job: Named }) => (useMay('chain.read') === undefined ? null : <Shown job={job} />)

function Shown({ job }: { job: Named }) {
  const graph = useJobGraph(job.id, 1, 1).data
  const deadlines = useDeadlinesOn(job.id).data?.items
  const mayWrite = useMay('chain.write') !== undefined
  if (graph?.job.id !== job.id || !deadlines) return null
  const { before, after } = besides(graph)
  const alone = before.length + after.length + deadlines.length === 0
  return (
    <Panel
      title="Chain"
      right={
        <>
          {mayWrite && <Act label="Deadline" to={`${paths.newDeadline()}?job=${job.id}`} />}
          <Act label="Graph" k="G" to={paths.jobGraph(job.id)} />
        </>
      }
    >
      {(alone || before.length + after.length > 0) && (
        <div className={styles.facts}>
          {alone ? (
            <p className="faint">It waits for no other job and none waits for it; no deadline hangs on it.</p>
          ) : (
            <Facts
              as="rows"
              of={[
                before.length > 0 && { label: 'Waits for', value: <Names of={before} to={paths.job} /> },
                after.length > 0 && { label: 'Waited for by', value: <Names of={after} to={paths.job} /> },
              ]}
            />
          )}
        </div>
      )}
      {deadlines.length > 0 && (
        <ul className={own.deadlines} aria-label="Deadlines that hang on it">
          {deadlines.slice(0, most).map((row) => (
            <Hurt key={row.id} of={row} />
          ))}
          {deadlines.length > most && <li className="faint">and {deadlines.length - most} more deadlines</li>}
        </ul>
      )}
    </Panel>
  )
}

/** A deadline with its odds, and what happens to whom when it slips. */
function Hurt({ of: { id, name, due, night, consequence, audience, service } }: { of: DeadlineRow }) {
  const now = useNow()
  const odds = night && !isOver(night.state) ? night.odds : null
  const whom = audience || service?.name
  return (
    <li>
      <div>
        <Link to={paths.chain(id)} className="strong">
          {name}
        </Link>
        {night && <StateMark state={night.state} />}
        {odds !== null && (
          <span className={`num ${styles.odds}`} data-tone={oddsTone(odds)}>
            {oddsWords(odds)} to miss
          </span>
        )}
        {night && <span className="num muted">{dueWords(night.dueAt, due.zone, now)}</span>}
      </div>
      {(consequence || whom) && (
        <p className="muted">
          {[consequence && `If it slips: ${consequence}`, whom && `It hurts: ${whom}`].filter(Boolean).join(' ')}
        </p>
      )}
    </li>
  )
}
