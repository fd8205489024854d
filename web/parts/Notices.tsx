import { useLive } from '../live.ts'
import { Banner, useLate } from '../ui/States.tsx'
import { Stamp } from '../ui/Time.tsx'
import styles from './Frame.module.css'
import { useTrouble } from './frame-data.ts'
import { ListsFailed } from './ListsFailed.tsx'

/** What could mislead a reader of any page: no connection for five seconds, trouble of Watchfloor itself, empty fields. */
export function Notices() {
  const { connection, since } = useLive()
  const offline = useLate(connection !== 'open', 5000)
  const trouble = useTrouble()
  return (
    <div className={styles.notices}>
      {offline && (
        <Banner tone="warn">
          <b>No connection</b> since <Stamp at={since} />. What you see is from then. It is tried again by itself,
          nothing is lost, and what you write is kept on this machine.
        </Banner>
      )}
      {!offline &&
        trouble.data?.map(({ text, tone }) => (
          <Banner key={text} tone={tone}>
            {text}
          </Banner>
        ))}
      <ListsFailed />
    </div>
  )
}
