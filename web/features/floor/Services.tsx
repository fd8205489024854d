import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import type { serviceHealth } from '../../../contract/alerts/health.ts'
import { urgentWords, useUrgent } from '../../parts/incidents.ts'
import { paths } from '../../paths.ts'
import { Toggle } from '../../ui/Chip.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Panel } from '../../ui/Panel.tsx'
import { useRoom } from '../../ui/room.ts'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { StripRow, StripRows } from '../../ui/StripRows.tsx'
import { StripTable } from '../../ui/StripTable.tsx'
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

const stateWords = {
  down: 'down',
  degraded: 'degraded',
  unknown: 'unknown',
  unobserved: 'not watched',
  ok: 'fine',
} as const

/** 'all fine', or how many are down, degraded …: trouble does not hide below the last row. */
const standing = (rest: readonly Health[]): string => {
  const counts = Map.groupBy(rest, ({ state }) => state)
  const trouble = Object.entries(stateWords).flatMap(([state, word]) => {
    const count = state === 'ok' ? 0 : (counts.get(state as Health['state'])?.length ?? 0)
    return count > 0 ? [`${count} ${word}`] : []
  })
  return trouble.length > 0 ? trouble.join(', ') : 'all fine'
}

/** Whether anything has looked at it within the day. */
const isWatched = ({ state, strip }: Health) =>
  state !== 'unobserved' || strip.some((run) => run.state !== 'unobserved')

/** How it is now, in a word; trouble with how long it has lasted. */
function Now({ health, urgent }: { health: Health; urgent: ReadonlyMap<string, number> }) {
  const open = urgentWords(health, urgent)
  if (open)
    return (
      <span className={styles.degraded} title={open.why}>
        {open.words}
      </span>
    )
  const { state, since, maintenance } = health
  if (maintenance) return <span title={`Under maintenance: ${maintenance}`}>maintenance</span>
  if (state === 'ok') return 'fine'
  const words = stateWords[state]
  return (
    <span className={styles[state]}>
      {words} {since && <Lasting from={since} />}
    </span>
  )
}

/** Services in production over the last day: trouble first, then what is fine; what nothing watches is counted. */
export function Services({ most, wall }: { most: number; wall: boolean }) {
  const [wanted, setAsTable] = useState(false)
  const asTable = wanted && !wall
  const health = useHealth()
  const urgent = useUrgent()
  const items = health.data?.items
  const watched = useStill(items?.filter(isWatched)) ?? []
  const alone = (items?.length ?? 0) - watched.length
  const { room, shown } = useRoom(wall)
  const seen = Math.min(most, shown)
  const rest = watched.length - seen
  const rows = watched.slice(0, most).map((one) => ({
    key: `${one.service.id} ${one.environment}`,
    name: one.service.name,
    to: paths.service(one.service.id),
    cells: health.data ? cellsOf(one.strip, health.data.from) : [],
    now: <Now health={one} urgent={urgent} />,
  }))
  const hasTable = !wall && rows.length > 0
  useKeys(
    [{ key: 'b', label: asTable ? 'Services as a picture' : 'Services as a table', run: () => setAsTable(!asTable) }],
    {
      when: hasTable,
    },
  )
  return (
    <Panel
      title="Services"
      words="last 24 h, one cell = 15 min"
      right={
        hasTable && (
          <Toggle on={asTable} onChange={setAsTable}>
            Table <Kbd k="b" />
          </Toggle>
        )
      }
      fill={wall}
      pad={watched.length > 0 && !asTable}
      foot={
        (alone > 0 || rest > 0) && (
          <Link to={paths.services()} className={styles.quiet}>
            {[
              rest > 0 && `${rest} more, ${standing(watched.slice(seen))}`,
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
      {rows.length > 0 && asTable && <StripTable label="Services, last 24 hours" of="Service" rows={rows} />}
      {rows.length > 0 && !asTable && (
        <div className={styles.strips}>
          <StripRows room={room}>
            {rows.map(({ key, now, ...row }) => (
              <StripRow key={key} {...row} end={now} />
            ))}
          </StripRows>
        </div>
      )}
    </Panel>
  )
}
