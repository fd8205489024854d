import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { Nobody } from '../oncall/Nobody.tsx'
import { useOnCall } from './data.ts'
import styles from './identity.module.css'

type Entry = NonNullable<ReturnType<typeof useOnCall>['data']>['items'][number]

const people = (entry: Entry) => entry.people.map(({ user }) => user.name).join(', ')

/** Who is on call now on the schedules of a team, and who is next; where nobody is in its hours, that is said in red. */
export function OnCallOfTeam({ teamId }: { teamId: string }) {
  const { data } = useOnCall()
  const mine = data?.items.filter(({ team }) => team.id === teamId)
  if (!mine) return null
  return (
    <Panel title="On call now" pad={mine.length === 0}>
      {mine.length === 0 && (
        <span className="muted">This team has no schedule, so it is on call by nobody’s plan.</span>
      )}
      {mine.length > 0 && (
        <ul className={styles.list}>
          {mine.map((entry) => (
            <li key={entry.schedule.id}>
              <Link to={paths.schedule(entry.schedule.id)}>{entry.schedule.name}</Link>
              {entry.people.length > 0 ? <b>{people(entry)}</b> : <Nobody scheduleId={entry.schedule.id} />}
              <span className={`faint ${styles.end}`}>
                {entry.next && (
                  <>
                    {entry.next.people.map(({ name }) => name).join(', ') || 'nobody'} from <Stamp at={entry.next.at} />
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

/** Where a person is on call now. */
export function OnCallOfPerson({ userId }: { userId: string }) {
  const { data } = useOnCall()
  const now = data?.items.filter((entry) => entry.people.some(({ user }) => user.id === userId))
  if (!now || now.length === 0) return null
  return (
    <Panel title="On call now">
      <ul className={styles.list}>
        {now.map((entry) => {
          const until = entry.people.find(({ user }) => user.id === userId)?.to
          return (
            <li key={entry.schedule.id}>
              <Link to={paths.schedule(entry.schedule.id)}>{entry.schedule.name}</Link>
              <span className={`faint ${styles.end}`}>
                {until && (
                  <>
                    until <Stamp at={until} />
                  </>
                )}
              </span>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
