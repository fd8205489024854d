import { Link } from '@tanstack/react-router'
import type { Finding } from '../../../contract/chains/night.ts'
import { paths } from '../../paths.ts'
import { Panel } from '../../ui/Panel.tsx'
import styles from './chains.module.css'
import { pieces } from './pieces.ts'

const kindWords: Record<Finding['kind'], string> = {
  circle: 'circle',
  dangling: 'unknown job',
  contradiction: 'contradiction',
  latch: 'last night’s run',
  assumed: 'assumed',
  outside_history: 'never so long',
  incident: 'open incident',
  host: 'host',
  no_statistics: 'no statistics',
  calendar: 'calendar',
  clock: 'clock change',
  collides: 'collision',
  moved: 'moved',
}
/** These keep jobs from starting; the others are to be known. */
const bad: ReadonlySet<Finding['kind']> = new Set(['circle', 'dangling', 'contradiction'])

/** One that is found wrong or uncertain, with the jobs that it is about. */
export const FindingLine = ({ of: { kind, message, jobs } }: { of: Finding }) => (
  <li>
    <span className={styles.kind} data-bad={bad.has(kind) || undefined}>
      {kindWords[kind]}
    </span>
    <span>
      {pieces(message, jobs).map(({ text, job }, index) =>
        job ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence have no other name
          <Link key={index} to={paths.job(job.id)} className="mono">
            {text}
          </Link>
        ) : (
          text
        ),
      )}
    </span>
  </li>
)

/** What is wrong or uncertain about the chain of this night; nothing where nothing is. */
export function Findings({ night }: { night: { findings: readonly Finding[] } }) {
  if (night.findings.length === 0) return null
  const sorted = night.findings.toSorted((a, b) => Number(bad.has(b.kind)) - Number(bad.has(a.kind)))
  return (
    <Panel title="Findings" words={String(night.findings.length)}>
      <ul className={styles.findings}>
        {sorted.map((finding) => (
          <FindingLine key={`${finding.kind} ${finding.message}`} of={finding} />
        ))}
      </ul>
    </Panel>
  )
}
