import { Link } from '@tanstack/react-router'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Panel } from '../../ui/Panel.tsx'
import styles from './chains.module.css'
import { useJobGraph } from './data.ts'
import { besides, deadlinesOf } from './GraphSide.tsx'

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

/** On the page of a job: what it waits for, what waits for it, and which deadlines hang on it. */
export const JobChains = ({ job }: { job: Named }) => (useMay('chain.read') === undefined ? null : <Shown job={job} />)

function Shown({ job }: { job: Named }) {
  const graph = useJobGraph(job.id, 1, 10).data
  const mayWrite = useMay('chain.write') !== undefined
  if (graph?.job.id !== job.id) return null
  const { before, after } = besides(graph)
  const deadlines = deadlinesOf(graph)
  const alone = before.length + after.length + deadlines.length === 0
  return (
    <Panel
      title="Chain"
      right={
        <>
          {mayWrite && <Act label="Deadline" to={`${paths.newDeadline()}?job=${job.id}`} />}
          <Act label="Graph" k="d" to={paths.jobGraph(job.id)} />
        </>
      }
    >
      <div className={styles.facts}>
        {alone ? (
          <p className="faint">It waits for no other job and none waits for it; no deadline hangs on it.</p>
        ) : (
          <Facts
            as="rows"
            of={[
              before.length > 0 && { label: 'Waits for', value: <Names of={before} to={paths.job} /> },
              after.length > 0 && { label: 'Waited for by', value: <Names of={after} to={paths.job} /> },
              deadlines.length > 0 && { label: 'Deadlines', value: <Names of={deadlines} to={paths.chain} /> },
            ]}
          />
        )}
      </div>
    </Panel>
  )
}
