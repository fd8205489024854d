import { Button, TextInput } from '@mantine/core'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { DateField } from '../../ui/DateField.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { type CalendarDraft, type ExceptionDraft, newException } from './calendar-draft.ts'
import styles from './calendars.module.css'
import { KnowledgeFields } from './KnowledgeFields.tsx'

type Props = {
  draft: CalendarDraft
  set: (part: Partial<CalendarDraft>) => void
  problems: Record<string, string | undefined>
  may: boolean
  /** Of a calendar that is saved: days of a file can be added to it, and a feed be read. */
  id?: string | undefined
  /** Something here is not saved yet. */
  changed: boolean
}

/** Holidays and half days, where they come from, and how far they are known. */
export function Exceptions({ draft, set, problems, may, id, changed }: Props) {
  const { exceptions } = draft
  const change = (key: number, part: Partial<ExceptionDraft>) =>
    set({ exceptions: exceptions.map((one) => (one.key === key ? { ...one, ...part } : one)) })
  const unsaved = changed && 'Save first, or what you changed is lost.'
  return (
    <Panel
      title="Holidays and half days"
      words={`${exceptions.length} ${exceptions.length === 1 ? 'day' : 'days'}; left empty, the hours are closed`}
      right={
        may && (
          <>
            {id && (
              <>
                <Act label="From a file" k="i" to={paths.importHolidays(id)} not={unsaved} />
                <Act label="Feed" k="f" hint="read from an address each day" to={paths.holidayFeed(id)} not={unsaved} />
              </>
            )}
            <Button onClick={() => set({ exceptions: [newException(), ...exceptions] })}>Add a day</Button>
          </>
        )
      }
      pad
    >
      <div className={styles.fields}>
        {exceptions.length > 0 && (
          <ul className={styles.exceptions} aria-label="Holidays and half days">
            {exceptions.map((e) => (
              <li key={e.key}>
                <DateField
                  aria-label="Date"
                  value={e.date}
                  onChange={(date) => change(e.key, { date })}
                  error={problems[`date.${e.key}`]}
                />
                <TextInput
                  aria-label={`Name of ${e.date || 'the day'}`}
                  placeholder="Christmas Day"
                  maxLength={200}
                  value={e.name}
                  onChange={(event) => change(e.key, { name: event.currentTarget.value })}
                />
                <TextInput
                  aria-label={`Open hours on ${e.date || 'the day'}`}
                  placeholder="closed"
                  maxLength={100}
                  value={e.hours}
                  onChange={(event) => change(e.key, { hours: event.currentTarget.value })}
                  error={problems[`hours.${e.key}`]}
                />
                {may && (
                  <Button
                    aria-label={`Remove ${e.name || e.date || 'the day'}`}
                    onClick={() => set({ exceptions: exceptions.filter((one) => one.key !== e.key) })}
                  >
                    Remove
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
        {problems.exceptions && <p className={styles.wrong}>{problems.exceptions}</p>}
        <div className={styles.pair}>
          <KnowledgeFields known={draft} set={set} problems={problems} />
        </div>
      </div>
    </Panel>
  )
}
