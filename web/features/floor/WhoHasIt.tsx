import { Link } from '@tanstack/react-router'
import { useMe } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { Panel } from '../../ui/Panel.tsx'
import { useRoom } from '../../ui/room.ts'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { millis } from '../../ui/time.ts'
import { useUnmanned, useWhoHasIt } from './data.ts'
import styles from './floor.module.css'

/** Who is on call now, schedule by schedule, my own teams first. */
export function WhoHasIt({ wall }: { wall: boolean }) {
  const { room, shown } = useRoom(wall)
  const found = useWhoHasIt()
  const unmanned = useUnmanned()
  const me = useMe().data
  const mine = new Set(me?.teams.map(({ id }) => id))
  const rows = found.data?.items.toSorted((a, b) => Number(mine.has(b.team.id)) - Number(mine.has(a.team.id)))
  const next = rows?.flatMap(({ next: one }) => (one ? [one.at] : [])).toSorted((a, b) => millis(a) - millis(b))[0]
  return (
    <Panel
      title="Who has it"
      words={
        next && (
          <>
            next hand-over <Stamp at={next} />
          </>
        )
      }
      fill={wall}
      foot={rows && rows.length > shown && <span>{rows.length - shown} more</span>}
    >
      {!rows && found.isError && (
        <Failed what="Who is on call could not be loaded." error={found.error} retry={() => void found.refetch()} />
      )}
      {!rows && !found.isError && <Loading lines={3} />}
      {rows?.length === 0 && (
        <Empty title="Nobody is on call." act={<Link to={paths.onCall()}>Put people on call</Link>}>
          Without a schedule nobody is woken, whatever breaks.
        </Empty>
      )}
      {rows && rows.length > 0 && (
        <ul className={styles.who} {...room}>
          {rows.map(({ schedule, people, next: then }) => {
            const until = people.map(({ to }) => to).filter((to) => to !== null)[0]
            return (
              <li key={schedule.id}>
                <Link to={paths.schedule(schedule.id)} className="clip">
                  {schedule.name}
                </Link>
                <span className="clip">
                  {people.length > 0 ? (
                    <b>
                      {people.map(({ user }) => user.name).join(', ')}
                      {people.some(({ user }) => user.id === me?.id) && ' (you)'}
                    </b>
                  ) : unmanned.has(schedule.id) ? (
                    <span className={styles.nobody}>nobody</span>
                  ) : (
                    <span className="faint">not in its hours</span>
                  )}
                </span>
                <span className="faint">
                  {people.length > 0 && until && (
                    <>
                      until <Stamp at={until} />
                    </>
                  )}
                  {people.length === 0 && then && (
                    <>
                      {then.people.map(({ name }) => name).join(', ')} from <Stamp at={then.at} />
                    </>
                  )}
                </span>
              </li>
            )
          })}
        </ul>
      )}
    </Panel>
  )
}
