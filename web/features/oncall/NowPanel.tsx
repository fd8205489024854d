import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { useNow } from '../../ui/now.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Failed, Loading } from '../../ui/States.tsx'
import { Stamp, useZone } from '../../ui/Time.tsx'
import { zoneName } from '../../ui/time.ts'
import { type Face, type OnCallEntry, useOnCall } from './data.ts'
import { Nobody } from './Nobody.tsx'
import styles from './oncall.module.css'
import { names } from './ShiftDetails.tsx'
import { clockOf } from './words.ts'

type Props = { people: readonly Face[]; me: string | undefined }

function Entry({ entry, people, me }: Props & { entry: OnCallEntry }) {
  const zone = useZone()
  const now = useNow()
  const [first] = entry.people
  const away = people.find(({ id }) => id === first?.user.id && entry.people.length === 1)
  const you = entry.people.some(({ user }) => user.id === me)
  return (
    <li className={styles.now}>
      <Link to={paths.schedule(entry.schedule.id)} className="clip">
        {entry.schedule.name}
      </Link>
      <span className="clip">
        {first ? (
          <b data-you={you || undefined}>{names(entry.people.map(({ user }) => user))}</b>
        ) : (
          <Nobody scheduleId={entry.schedule.id} />
        )}
        {away && away.zone !== zone && (
          <span className="faint">
            {' '}
            {clockOf(now, away.zone)} in {zoneName(away.zone)}
          </span>
        )}
      </span>
      <span className={`muted clip ${styles.next}`}>
        {entry.next ? (
          <>
            {names(entry.next.people) || 'nobody'} from <Stamp at={entry.next.at} />
          </>
        ) : (
          'no change ahead'
        )}
      </span>
    </li>
  )
}

/** Who is on call now for each schedule, until when, and who comes next. */
export function NowPanel(props: Props) {
  const onCall = useOnCall()
  return (
    <Panel title="On call now" words="then who comes next">
      {onCall.isPending && <Loading lines={4} />}
      {onCall.isError && !onCall.data && (
        <Failed what="Who is on call could not be loaded." error={onCall.error} retry={() => void onCall.refetch()} />
      )}
      {onCall.data && (
        <ul className={styles.list}>
          {onCall.data.items.map((entry) => (
            <Entry key={entry.schedule.id} entry={entry} {...props} />
          ))}
        </ul>
      )}
    </Panel>
  )
}
