import { Panel } from '../../ui/Panel.tsx'
import { Stamp } from '../../ui/Time.tsx'
import type { JobDetail } from './data.ts'
import styles from './jobs.module.css'
import { filterWords } from './words.ts'

/** Which of its pings count, and the last ones that did not; nothing where all do. */
export function Counts({ job }: { job: JobDetail }) {
  const words = filterWords(job.filters)
  if (words.length === 0) return null
  return (
    <Panel title="What counts" pad>
      {words.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {job.ignored.length > 0 && (
        <ul className={styles.ignored} aria-label="Pings that did not count">
          {job.ignored.map((one) => (
            <li key={one.id}>
              <span>
                <Stamp at={one.at} full /> {one.method ?? 'mail'}
                {one.from && ` from ${one.from}`} <b>did not count</b>
              </span>
              {one.output && <code className="clip faint">{one.output}</code>}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
