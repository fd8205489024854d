import { Link } from '@tanstack/react-router'
import { Panel } from '../../ui/Panel.tsx'
import { useRoom } from '../../ui/room.ts'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { useStill } from '../../ui/still.ts'
import { Moment, Timeline } from '../../ui/Timeline.tsx'
import { useHappened } from './data.ts'
import styles from './floor.module.css'
import { happenedOf } from './happened.ts'

/** What just happened, newest first; it comes by itself. */
export function Happened({ most, wall }: { most: number; wall: boolean }) {
  const { room } = useRoom(wall)
  const events = useHappened()
  const lines = useStill(events.data && happenedOf(events.data.items, most))
  return (
    <Panel title="Just happened" fill={wall} pad={lines !== undefined && lines.length > 0}>
      {!lines && events.isError && (
        <Failed what="The log could not be loaded." error={events.error} retry={() => void events.refetch()} />
      )}
      {!lines && !events.isError && <Loading lines={6} />}
      {lines?.length === 0 && (
        <Empty title="Nothing yet.">What people and machines do from now on is told here, newest first.</Empty>
      )}
      {lines && lines.length > 0 && (
        <Timeline label="Just happened" room={room}>
          {lines.map(({ id, at, pieces, tone }) => (
            <Moment key={id} at={at}>
              <span
                className={`${styles.line} sentence`}
                data-tone={tone ?? undefined}
                title={pieces.map(({ text }) => text).join('')}
              >
                {pieces.map(({ text, to, strong }, index) => {
                  const key = `${index} ${text}`
                  if (to)
                    return (
                      <Link key={key} to={to}>
                        {text}
                      </Link>
                    )
                  return strong ? <b key={key}>{text}</b> : <span key={key}>{text}</span>
                })}
              </span>
            </Moment>
          ))}
        </Timeline>
      )}
    </Panel>
  )
}
