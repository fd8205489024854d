import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { Status } from '../../ui/Marks.tsx'
import { useNow } from '../../ui/now.ts'
import { Panel } from '../../ui/Panel.tsx'
import { useRoom } from '../../ui/room.ts'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { useStill } from '../../ui/still.ts'
import { Stamp } from '../../ui/Time.tsx'
import { type Blind, blindOf } from './blind.ts'
import { useBlindMonitors, useBroken, useHealth, useHeld } from './data.ts'
import styles from './floor.module.css'
import { restWords } from './order.ts'
import { Ticket } from './Ticket.tsx'

/** What is broken now: by who is hurt, then by the time that is left; what is held back; what we cannot see. */
export function Broken({ most, wall }: { most: number; wall: boolean }) {
  const { room, shown } = useRoom(wall)
  const { incidents, hurt, rows: sorted } = useBroken()
  const all = incidents.data?.items
  const rows = useStill(all && sorted)
  const now = useNow()
  const open = incidents.data ? incidents.data.next !== null : false
  const rest = restWords(rows?.slice(Math.min(most, shown)) ?? [], open, now)
  const [health, unseen] = [useHealth().data, useBlindMonitors().data]
  const blind = useStill(health || unseen ? blindOf(health?.items ?? [], unseen?.items ?? []) : undefined) ?? []
  return (
    <Panel
      title="Broken now"
      words={all && all.length > 0 ? `${all.length}${open ? '+' : ''}` : undefined}
      right={
        all && all.length > 1 && <span className={`faint ${styles.order}`}>by who is hurt, then by time left</span>
      }
      foot={<Foot rest={rest} />}
      fill={wall}
    >
      {!all && incidents.isError && (
        <Failed
          what="The open incidents could not be loaded."
          error={incidents.error}
          retry={() => void incidents.refetch()}
        />
      )}
      {!all && !incidents.isError && <Loading lines={4} />}
      {rows?.length === 0 && (
        <Empty title="Nothing is broken.">No incident is open. What breaks appears here by itself.</Empty>
      )}
      {rows && rows.length > 0 && (
        <div {...room}>
          {rows.slice(0, most).map((ticket) => (
            <Ticket key={ticket.id} ticket={ticket} hurt={hurt.get(ticket.id)} now={now} />
          ))}
        </div>
      )}
      {blind.length > 0 && <BlindList blind={blind} />}
    </Panel>
  )
}

const mostBlind = 4

/** What could not be looked at: not knowing is never shown as fine. */
const BlindList = ({ blind }: { blind: readonly Blind[] }) => (
  <ul className={styles.blind} aria-label="Blind">
    {blind.slice(0, mostBlind).map(({ id, name, since, to, why }) => (
      <li key={id}>
        <Status tone="blind">
          <Link to={to} data-rove>
            {name}
          </Link>
        </Status>{' '}
        <span className="faint clip">
          {since ? (
            <>
              blind since <Stamp at={since} />
            </>
          ) : (
            'blind'
          )}
          {why && ` · ${why}`}
        </span>
      </li>
    ))}
    {blind.length > mostBlind && <li className="faint">{blind.length - mostBlind} more are blind</li>}
  </ul>
)

function Foot({ rest }: { rest: string | undefined }) {
  const held = useHeld().data
  const parts = held
    ? [
        held.silenced > 0 && (
          <span key="silenced">
            <b>{held.silenced > 1000 ? '1,000+' : held.silenced}</b> silenced
          </span>
        ),
        held.maintenance > 0 && (
          <span key="maintenance">
            <b>{held.maintenance > 1000 ? '1,000+' : held.maintenance}</b> in maintenance
          </span>
        ),
      ].filter(Boolean)
    : []
  return (
    <>
      {held && (
        <span className={styles.held}>
          {parts.length === 0 ? (
            'Nothing is held back'
          ) : (
            <Link to={paths.alerts()} search={{ q: 'status:held' } as never}>
              Held back: {parts}
            </Link>
          )}
        </span>
      )}
      {rest && (
        <Link to={paths.queue()} className={styles.rest}>
          {rest}
        </Link>
      )}
    </>
  )
}
