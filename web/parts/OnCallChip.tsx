import { Popover } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { paths } from '../paths.ts'
import { useKeys } from '../ui/keys.ts'
import { Stamp } from '../ui/Time.tsx'
import styles from './Frame.module.css'
import { useOnCallNow } from './frame-data.ts'

/** Who is on call now: my first team's person, and all teams when it is pressed. Nobody is said in red. */
export function OnCallChip() {
  const { data } = useOnCallNow()
  const [opened, setOpened] = useState(false)
  useKeys([{ key: 'Escape', label: 'Close who is on call', kind: 'move', run: () => setOpened(false) }], {
    when: opened,
  })
  const [first] = data ?? []
  if (!data || !first) return null
  // Whose hours are over has nobody, and is not counted.
  const others = data.filter(({ person }) => person !== null).length - Number(first.person !== null)
  return (
    <Popover position="bottom-end" opened={opened} onChange={setOpened}>
      <Popover.Target>
        <button
          type="button"
          className={styles.onCall}
          data-nobody={first.person === null || undefined}
          onClick={() => setOpened(!opened)}
        >
          On call: {first.person ? `${first.person}, ${first.team}` : `nobody for ${first.team}`}
          {others > 0 && <span className="faint"> +{others}</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <dl className={styles.onCallList}>
          {data.map(({ team, person, until }) => (
            <div key={team}>
              <dt>{team}</dt>
              <dd className={person ? 'strong' : styles.nobody}>{person ?? 'nobody'}</dd>
              <dd className="faint">
                {until && (
                  <>
                    until <Stamp at={until} />
                  </>
                )}
              </dd>
            </div>
          ))}
        </dl>
        <Link to={paths.onCall()} onClick={() => setOpened(false)}>
          All schedules
        </Link>
      </Popover.Dropdown>
    </Popover>
  )
}
