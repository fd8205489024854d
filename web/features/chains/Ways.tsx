import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { paths } from '../../paths.ts'
import { Panel } from '../../ui/Panel.tsx'
import { span } from '../../ui/time.ts'
import styles from './chains.module.css'
import type { Night } from './data.ts'

const most = 8

/** The ways through the night that delay its end first, each with the time by which it is not the first. */
export function Ways({ night: { paths: ways, jobs, words } }: { night: Night }) {
  if (words.doneAt || ways.length < 2) return null
  const names = new Map(jobs.map(({ id, name }) => [id, name]))
  return (
    <Panel title="Critical paths" words="what delays it first, and what comes next">
      <ol className={styles.findings}>
        {ways.map(({ floatMs, jobs: on }) => (
          <li key={on.join()}>
            <span className={styles.kind}>{floatMs < 60_000 ? 'the first' : `${span(floatMs)} to spare`}</span>
            <span>
              {on.length > most && '… → '}
              {on.slice(-most).map((id, n) => (
                <Fragment key={id}>
                  {n > 0 && ' → '}
                  <Link to={paths.job(id)} className="mono">
                    {names.get(id)}
                  </Link>
                </Fragment>
              ))}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
