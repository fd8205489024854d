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
  no_end: 'no end',
  moved: 'moved',
}
/** These keep jobs from starting, or the night from ending; the others are to be known. */
const bad: ReadonlySet<Finding['kind']> = new Set(['no_end', 'circle', 'dangling', 'contradiction'])

/** The worst first. */
export const byWeight = (a: Pick<Finding, 'kind'>, b: Pick<Finding, 'kind'>): number =>
  Number(b.kind === 'no_end') - Number(a.kind === 'no_end') || Number(bad.has(b.kind)) - Number(bad.has(a.kind))

/** What a sentence names: its jobs, and the incidents by their numbers. */
const namesOf = ({ kind, message, jobs }: Finding) => [
  ...jobs.map(({ id, name }) => ({ name, to: paths.job(id), className: 'mono' })),
  ...(kind === 'incident' ? (message.match(/\bINC-\d+\b/g) ?? []) : []).map((name) => ({
    name,
    to: paths.ticket(name),
    className: styles.number,
  })),
]

/** One that is found wrong or uncertain, with the jobs that it is about. */
export const FindingLine = ({ of }: { of: Finding }) => (
  <li>
    <span className={styles.kind} data-bad={bad.has(of.kind) || undefined}>
      {kindWords[of.kind]}
    </span>
    <span>
      {pieces(of.message, namesOf(of)).map(({ text, named }, index) =>
        named ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence have no other name
          <Link key={index} to={named.to} className={named.className}>
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
  const sorted = night.findings.toSorted(byWeight)
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
