import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { useNow } from '../../ui/now.ts'
import styles from './chains.module.css'
import type { OddsOfJob } from './data.ts'
import { dueWords, isDoneFor, isOver, type JobEnd, oddsTone, oddsWords, stateWords, timeIn } from './words.ts'

const none = <span className="faint">–</span>

const high = (odds: number | null) => odds !== null && oddsTone(odds) === 'high'

/** High odds that a job which has not ended misses its deadline, in words: '96 % to miss 07:45'. */
export function HighOdds({ of, job }: { of: OddsOfJob | undefined; job: JobEnd }) {
  const now = useNow()
  if (!of?.state || !of.dueAt || isOver(of.state) || !high(of.odds) || isDoneFor(job, of.dueAt)) return null
  return (
    <span className={`num ${styles.odds}`} data-tone="high">
      {oddsWords(of.odds)} to miss {timeIn(of.dueAt, of.zone, now)}
    </span>
  )
}

/**
 * The odds to miss the deadline that hangs on a job, of several the one that needs somebody first; leads to its chain.
 * Nothing for a job that is done for that night: others endanger the deadline.
 */
export function JobOdds({ of, job }: { of: OddsOfJob | undefined; job: JobEnd }) {
  const now = useNow()
  if (!of?.state || isOver(of.state) || isDoneFor(job, of.dueAt)) return none
  const { deadline, state, odds, dueAt, zone, more } = of
  const title = [
    `${deadline.name}${dueAt ? ` by ${dueWords(dueAt, zone, now)}` : ''}: ${stateWords[state]}`,
    more > 0 && `${more} more ${more === 1 ? 'deadline hangs' : 'deadlines hang'} on it`,
  ]
  return (
    <Link
      to={paths.chain(deadline.id)}
      className={`num ${styles.odds}`}
      data-tone={high(odds) ? 'high' : 'plain'}
      title={title.filter(Boolean).join('\n')}
      aria-label={`Odds to miss ${deadline.name}: ${oddsWords(odds)}`}
    >
      {odds === null ? stateWords[state] : oddsWords(odds)}
    </Link>
  )
}
