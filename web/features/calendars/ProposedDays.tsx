import { Button, Checkbox } from '@mantine/core'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import styles from './calendars.module.css'
import { dayWords, type Proposals, type Proposed, remarks } from './holiday-import.ts'

type Props = {
  proposals: Proposals | undefined
  ticked: ReadonlySet<string>
  setTicked: (ticked: ReadonlySet<string>) => void
}

/** The days of a file, to be ticked; what the calendar has already cannot be. */
export function ProposedDays({ proposals, ticked, setTicked }: Props) {
  if (!proposals) {
    return (
      <Panel title="Days">
        <Empty title="Nothing is read yet.">
          Each day of the file is shown here: whether the calendar has it, and whether it is past. You tick what is to
          be added.
        </Empty>
      </Panel>
    )
  }
  const { days, skipped, skippedInAll } = proposals
  const fresh = days.filter(({ stored }) => !stored)
  const toggle = (date: string, on: boolean) => {
    const next = new Set(ticked)
    if (on) next.add(date)
    else next.delete(date)
    setTicked(next)
  }
  return (
    <Panel
      title="Days"
      words={`${days.length} read, ${fresh.length} new, ${ticked.size} ticked`}
      right={
        fresh.length > 0 && (
          <>
            <Button onClick={() => setTicked(new Set(fresh.map(({ date }) => date)))}>All new</Button>
            <Button onClick={() => setTicked(new Set())}>None</Button>
          </>
        )
      }
      foot={skippedInAll > 0 && <Skipped items={skipped} all={skippedInAll} />}
    >
      {days.length === 0 ? (
        <Empty title="No day of it can be proposed.">What was found, and why it is no holiday, stands below.</Empty>
      ) : (
        <ul className={styles.proposed} aria-label="Days">
          {days.map((day) => (
            <li key={day.date}>
              <Day day={day} ticked={ticked.has(day.date)} onTick={(on) => toggle(day.date, on)} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

const Day = ({ day, ticked, onTick }: { day: Proposed; ticked: boolean; onTick: (on: boolean) => void }) => (
  <Checkbox
    checked={ticked}
    disabled={day.stored !== null}
    onChange={(event) => onTick(event.currentTarget.checked)}
    label={
      <span className={styles.day}>
        <span>{dayWords(day.date)}</span>
        <span className="clip">{day.name || 'without a name'}</span>
        <span className="faint">{remarks(day) || 'new'}</span>
      </span>
    }
  />
)

const Skipped = ({ items, all }: { items: Proposals['skipped']; all: number }) => (
  <details>
    <summary>{all === 1 ? '1 entry is not proposed' : `${all} entries are not proposed`}</summary>
    <ul className={styles.skipped}>
      {items.map(({ line, problem }) => (
        <li key={line}>
          Line {line}: {problem}
        </li>
      ))}
      {all > items.length && <li>And {all - items.length} more.</li>}
    </ul>
  </details>
)
