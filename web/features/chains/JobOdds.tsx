import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { useNow } from '../../ui/now.ts'
import styles from './chains.module.css'
import type { OddsOfJob } from './data.ts'
import { dueWords, isOver, oddsTone, oddsWords, stateWords } from './words.ts'

const none = <span className="faint">–</span>

/**
 * The odds to miss the deadline that hangs on a job, of several the one that needs somebody first; leads to its chain.
 * Without their colour for a job that is `well`: others endanger the deadline.
 */
export function JobOdds({ of, well = false }: { of: OddsOfJob | undefined; well?: boolean }) {
  const now = useNow()
  if (!of?.state || isOver(of.state)) return none
  const { deadline, state, odds, dueAt, zone, more } = of
  const title = [
    `${deadline.name}${dueAt ? ` by ${dueWords(dueAt, zone, now)}` : ''}: ${stateWords[state]}`,
    more > 0 && `${more} more ${more === 1 ? 'deadline hangs' : 'deadlines hang'} on it`,
  ]
  return (
    <Link
      to={paths.chain(deadline.id)}
      className={`num ${styles.odds}`}
      data-tone={odds === null || well ? undefined : oddsTone(odds)}
      title={title.filter(Boolean).join('\n')}
      aria-label={`Odds to miss ${deadline.name}: ${oddsWords(odds)}`}
    >
      {odds === null ? stateWords[state] : oddsWords(odds)}
    </Link>
  )
}
