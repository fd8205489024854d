import { Link } from '@tanstack/react-router'
import type { z } from 'zod'
import type { serviceHealth } from '../../../contract/alerts/health.ts'
import { paths } from '../../paths.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { StripRow, StripRows } from '../../ui/StripRows.tsx'
import { useStill } from '../../ui/still.ts'
import type { StripCell, StripState } from '../../ui/strip.ts'
import { Lasting } from '../../ui/Time.tsx'
import { millis } from '../../ui/time.ts'
import { useHealth } from './data.ts'
import styles from './floor.module.css'

type Health = z.output<typeof serviceHealth>

const cellMs = 15 * 60_000
const stripState: Record<Health['state'], StripState> = {
  ok: 'ok',
  degraded: 'warn',
  down: 'down',
  unknown: 'blind',
  unobserved: 'unobserved',
}

/** The runs of a strip as cells with their times. */
const cellsOf = (strip: Health['strip'], from: string): StripCell[] => {
  const start = millis(from)
  return strip
    .flatMap(({ state, cells }) => Array.from({ length: cells }, () => stripState[state]))
    .map((state, index) => ({ from: start + index * cellMs, to: start + (index + 1) * cellMs, state }))
}

/** Whether anything has looked at it within the day. */
const isWatched = ({ state, strip }: Health) =>
  state !== 'unobserved' || strip.some((run) => run.state !== 'unobserved')

/** How it is now, in a word; trouble with how long it has lasted. */
function Now({ health: { state, since, maintenance } }: { health: Health }) {
  if (maintenance) return <span title={`Under maintenance: ${maintenance}`}>maintenance</span>
  if (state === 'ok') return 'fine'
  const words = { degraded: 'degraded', down: 'down', unknown: 'unknown', unobserved: 'not watched' }[state]
  return (
    <span className={styles[state]}>
      {words} {since && <Lasting from={since} />}
    </span>
  )
}

/** Services in production over the last day: trouble first, then what is fine; what nothing watches is counted. */
export function Services({ most }: { most: number }) {
  const health = useHealth()
  const items = health.data?.items
  const watched = useStill(items?.filter(isWatched)) ?? []
  const alone = (items?.length ?? 0) - watched.length
  const rest = watched.length - most
  return (
    <Panel
      title="Services"
      words="last 24 h, one cell = 15 min"
      pad={watched.length > 0}
      foot={
        (alone > 0 || rest > 0) && (
          <Link to={paths.services()} className={styles.quiet}>
            {[
              rest > 0 &&
                `${rest} more, ${watched.slice(most).every(({ state }) => state === 'ok') ? 'all fine' : 'not all of them fine'}`,
              alone > 0 &&
                `${alone} ${alone === 1 ? 'is' : 'are'} not watched by anything: we do not know how ${alone === 1 ? 'it is' : 'they are'}`,
            ]
              .filter(Boolean)
              .join(' · ')}
          </Link>
        )
      }
    >
      {!items && health.isError && (
        <Failed what="The services could not be loaded." error={health.error} retry={() => void health.refetch()} />
      )}
      {!items && !health.isError && <Loading lines={8} />}
      {items && watched.length === 0 && (
        <Empty title="Nothing watches your services yet." act={<Link to={paths.newMonitor()}>Add a monitor</Link>}>
          As soon as a monitor or a tool reports about one of them, its last 24 hours stand here.
        </Empty>
      )}
      {watched.length > 0 && health.data && (
        <div className={styles.strips}>
          <StripRows>
            {watched.slice(0, most).map((one) => (
              <StripRow
                key={`${one.service.id} ${one.environment}`}
                name={one.service.name}
                to={paths.service(one.service.id)}
                cells={cellsOf(one.strip, health.data.from)}
                end={<Now health={one} />}
              />
            ))}
          </StripRows>
        </div>
      )}
    </Panel>
  )
}
