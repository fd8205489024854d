import { useNow } from '../../ui/now.ts'
import { useZone } from '../../ui/Time.tsx'
import { absolute, clock, clockSeconds, day, relative, zoneName } from '../../ui/time.ts'
import styles from './jobs.module.css'

type Props = {
  times: readonly string[]
  zone: string | null
  /** From this one on they are not certain. */
  unknownFrom?: string | null
}

/** Times in the zone of the job; beside each how far it is, or what the reader's own clock says then. */
export function Times({ times, zone: given, unknownFrom = null }: Props) {
  const own = useZone()
  const now = useNow()
  const zone = given ?? own
  const exact = times.some((at) => new Date(at).getUTCSeconds() !== 0)
  return (
    <ol className={styles.times}>
      {times.map((at) => (
        <li key={at}>
          <time className="num" dateTime={at} title={absolute(at, zone)}>
            {day(at, zone)} <b>{exact ? clockSeconds(at, zone) : clock(at, zone)}</b>
          </time>
          <span className="faint num">
            {zone === own || clock(at, zone) === clock(at, own)
              ? relative(at, now)
              : `${clock(at, own)} ${zoneName(own)}`}
            {unknownFrom !== null && at >= unknownFrom && <b className={styles.doubt}> not certain</b>}
          </span>
        </li>
      ))}
    </ol>
  )
}
