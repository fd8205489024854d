import { Link } from '@tanstack/react-router'
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import { paths } from '../../../paths.ts'
import { StateMark } from '../../jobs/StateMark.tsx'
import type { Folded } from './fold.ts'
import styles from './graph.module.css'

export type JobNodeType = Node<{ job: Folded['jobs'][number]; isMiddle: boolean; onFold: (box: string) => void }, 'job'>

/** A job of the graph. Its name puts it into the middle; a box opens and closes. */
export const JobNode = ({ data: { job, isMiddle, onFold } }: NodeProps<JobNodeType>) => (
  <div
    className={styles.node}
    data-middle={isMiddle || undefined}
    data-box={job.isBox || undefined}
    data-state={job.state}
    title={[job.name, job.condition && `waits until ${job.condition}`].filter(Boolean).join('\n')}
  >
    <Handle type="target" position={Position.Left} isConnectable={false} className={styles.handle} />
    <div className={styles.first}>
      {job.isBox && job.members > 0 && (
        <button
          type="button"
          className={styles.fold}
          aria-expanded={!job.closed}
          aria-label={`Members of ${job.name}`}
          onClick={() => onFold(job.id)}
        >
          {job.closed ? '▸' : '▾'}
        </button>
      )}
      <Link to={paths.jobGraph(job.id)} className={`mono clip ${styles.name}`}>
        {job.name}
      </Link>
    </div>
    <div className={`clip ${styles.second}`}>
      <StateMark state={job.state} />
      {job.closed && job.members > 0 && <span>{job.members} inside</span>}
      {job.deadlines.length > 0 && <b>due: {job.deadlines.map(({ name }) => name).join(', ')}</b>}
      {job.hasMore.up && <span title="It waits for more than is shown">← more</span>}
      {job.hasMore.down && <span title="More waits for it than is shown">more →</span>}
    </div>
    <Handle type="source" position={Position.Right} isConnectable={false} className={styles.handle} />
  </div>
)
