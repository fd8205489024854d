import { createContext, type ReactNode, use } from 'react'
import { useNow } from './now.ts'
import styles from './Time.module.css'
import {
  absolute,
  clock,
  exact,
  type Instant,
  left,
  localZone,
  millis,
  relative,
  span,
  stamp,
  zoneName,
} from './time.ts'

const Zone = createContext<string | undefined>(undefined)

/** The zone in which times are shown: the reader's own setting, else the machine's. */
export const ZoneProvider = ({ zone, children }: { zone: string | undefined; children: ReactNode }) => (
  <Zone value={zone}>{children}</Zone>
)

export const useZone = (): string => use(Zone) ?? localZone()

const iso = (at: Instant) => new Date(millis(at)).toISOString()

/** Near times tick each second, far ones each half minute. */
const useTicking = (at: Instant): number => {
  const near = Math.abs(millis(at) - useNow()) < 150_000
  return useNow(near ? 'second' : 'half-minute')
}

/** '12 min ago', kept up to date; the date, time and zone on hover. */
export function Ago({ at }: { at: Instant }) {
  const zone = useZone()
  const now = useTicking(at)
  return (
    <time className="num" dateTime={iso(at)} title={absolute(at, zone)}>
      {relative(at, now)}
    </time>
  )
}

/** The time of day for timelines and tables: '07:12', 'Tue 02:10', '3 Nov' ('3 Nov 02:10' if `full`); date, time and zone on hover. */
export function Stamp({ at, full = false }: { at: Instant; full?: boolean }) {
  const zone = useZone()
  const now = useNow()
  return (
    <time className="num" dateTime={iso(at)} title={absolute(at, zone)}>
      {stamp(at, now, zone, full)}
    </time>
  )
}

/** '26 Nov 2026 07:12:04 GMT', as a log has it. */
export function Exact({ at }: { at: Instant }) {
  const zone = useZone()
  return (
    <time className="num" dateTime={iso(at)} title={absolute(at, zone)}>
      {exact(at, zone)}
    </time>
  )
}

/**
 * What is left until a deadline, in signed minutes: red when it is over, orange when less than `soon` minutes are left.
 * `why` says on hover how the deadline was computed.
 */
export function Due({ at, soon = 60, after, why }: { at: Instant; soon?: number; after?: string; why?: string }) {
  const zone = useZone()
  const now = useTicking(at)
  const rest = millis(at) - now
  const risk = rest < 0 ? styles.over : rest < soon * 60_000 ? styles.soon : undefined
  return (
    <time
      className={`num strong ${risk ?? ''}`}
      dateTime={iso(at)}
      title={`${absolute(at, zone)}${why ? `\n${why}` : ''}`}
    >
      {left(at, now)}
      {after && ` ${after}`}
    </time>
  )
}

/** How long it has lasted, or did: '14 min'; from when until when on hover. */
export function Lasting({ from, to = null }: { from: Instant; to?: Instant | null }) {
  const zone = useZone()
  const now = useTicking(from)
  const until = to === null ? '' : `\nuntil ${absolute(to, zone)}`
  return (
    <time className="num" dateTime={iso(from)} title={`since ${absolute(from, zone)}${until}`}>
      {span((to === null ? now : millis(to)) - millis(from))}
    </time>
  )
}

/** A place and its time; the dot is filled while it is open. */
export function Clock({ zone, name, open, detail }: { zone: string; name?: string; open?: boolean; detail?: string }) {
  const now = useNow()
  return (
    <span className={styles.clock} title={`${absolute(now, zone)}${detail ? `\n${detail}` : ''}`}>
      {open !== undefined && <i className={open ? styles.open : styles.shut} />}
      {open !== undefined && <span className="sr-only">{open ? 'open:' : 'closed:'}</span>}
      <span>{name ?? zoneName(zone)}</span> <b>{clock(now, zone)}</b>
    </span>
  )
}
