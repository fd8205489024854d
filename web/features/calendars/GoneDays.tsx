import { Checkbox } from '@mantine/core'
import { Panel } from '../../ui/Panel.tsx'
import styles from './calendars.module.css'
import { dayWords } from './holiday-import.ts'

type Props = {
  days: readonly { date: string; name: string }[]
  ticked: ReadonlySet<string>
  setTicked: (ticked: ReadonlySet<string>) => void
}

/** Days that the calendar has from its feed, and that the feed has no more: to be taken out, or kept. */
export const GoneDays = ({ days, ticked, setTicked }: Props) => (
  <Panel title="Gone from the feed" words="ticked ones are taken out">
    <ul className={styles.proposed} aria-label="Gone from the feed">
      {days.map(({ date, name }) => (
        <li key={date}>
          <Checkbox
            checked={ticked.has(date)}
            onChange={(event) => {
              const next = new Set(ticked)
              if (event.currentTarget.checked) next.add(date)
              else next.delete(date)
              setTicked(next)
            }}
            label={
              <span className={styles.day}>
                <span>{dayWords(date)}</span>
                <span className="clip">{name || 'without a name'}</span>
              </span>
            }
          />
        </li>
      ))}
    </ul>
  </Panel>
)
