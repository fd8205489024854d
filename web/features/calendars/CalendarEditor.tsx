import { Select, TextInput } from '@mantine/core'
import { type ReactNode, useRef, useState } from 'react'
import { slugOf } from '../../../contract/slug.ts'
import type { Act as Write } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { useFirstField } from '../../ui/focus.tsx'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout } from '../../ui/States.tsx'
import { ZoneSelect } from '../../ui/ZoneSelect.tsx'
import { type CalendarDraft, calendarProblems, days } from './calendar-draft.ts'
import styles from './calendars.module.css'
import { Exceptions } from './Exceptions.tsx'
import { hoursOf, hoursWords } from './hours.ts'

/** Fields of the API that the form shows. */
export const calendarFields = ['name', 'zone', 'weekly', 'exceptions', 'validThrough', 'provenance']

const kinds = [
  { value: 'support', label: 'support: SLA clocks run by it' },
  { value: 'market', label: 'market: sessions of a venue' },
  { value: 'settlement', label: 'settlement: banking days' },
]

type Props = {
  title: string
  start: CalendarDraft
  isNew: boolean
  act: Write<CalendarDraft, unknown>
  save: string
  may: boolean
  beside: ReactNode
  /** Of a calendar that is saved. */
  id?: string
}

/** Weekly hours, holidays and half days of a calendar. */
export function CalendarEditor({ title, start, isNew, act, save, may, beside, id }: Props) {
  const [draft, setDraft] = useState(start)
  const [tried, setTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  useFirstField(form, 'input', isNew)
  const wrong = calendarProblems(draft)
  const problems: Record<string, string | undefined> = { ...act.problems, ...(tried ? wrong : {}) }
  const set = (part: Partial<CalendarDraft>) => setDraft({ ...draft, ...part })
  const rename = (name: string) =>
    set(isNew && draft.slug === slugOf(draft.name) ? { name, slug: slugOf(name) } : { name })
  const setDay = (index: number, hours: string) =>
    set({ week: draft.week.map((one, i) => (i === index ? hours : one)) })
  const submit = () => {
    setTried(true)
    if (Object.keys(wrong).length === 0) act.run(draft)
  }
  return (
    <Page
      title={title}
      chips={!may && <span className="faint">an administrator may change it</span>}
      acts={
        <>
          <Act label={may ? 'Cancel' : 'Back'} k="Escape" to={paths.calendars()} />
          {may && <Act label={save} k="mod+Enter" kind="primary" run={submit} busy={act.busy} />}
        </>
      }
    >
      <Columns of="minmax(0, 3fr) minmax(300px, 2fr)">
        <form
          ref={form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            submit()
          }}
        >
          <fieldset disabled={!may} className={styles.bare}>
            <Rows>
              <Panel title="The calendar" pad>
                <div className={styles.fields}>
                  <div className={styles.pair}>
                    <TextInput
                      label="Name"
                      placeholder="London support"
                      autoComplete="off"
                      maxLength={100}
                      value={draft.name}
                      onChange={(event) => rename(event.currentTarget.value)}
                      error={problems.name}
                    />
                    <ZoneSelect value={draft.zone} onChange={(zone) => set({ zone })} error={problems.zone} />
                  </div>
                  {isNew && (
                    <div className={styles.pair}>
                      <TextInput
                        label="Short name"
                        description="Files and commands name the calendar by it."
                        maxLength={63}
                        value={draft.slug}
                        onChange={(event) => set({ slug: event.currentTarget.value })}
                        error={problems.slug}
                      />
                      <Select
                        label="Kind"
                        description="It cannot be changed later."
                        allowDeselect={false}
                        data={kinds}
                        value={draft.kind}
                        onChange={(kind) => kind && set({ kind: kind as CalendarDraft['kind'] })}
                      />
                    </div>
                  )}
                </div>
              </Panel>
              <Panel title="Open hours" words="such as 08:00–18:00, or 8-12, 13-18; left empty, the day is closed" pad>
                <div className={styles.days}>
                  {days.map((day, i) => (
                    <TextInput
                      key={day}
                      label={day}
                      placeholder="closed"
                      autoComplete="off"
                      maxLength={100}
                      value={draft.week[i] ?? ''}
                      onChange={(event) => setDay(i, event.currentTarget.value)}
                      onBlur={(event) => {
                        const hours = hoursOf(event.currentTarget.value)
                        if (hours) setDay(i, hoursWords(hours))
                      }}
                      error={problems[`week.${i}`]}
                    />
                  ))}
                </div>
                {problems.weekly && <p className={styles.wrong}>{problems.weekly}</p>}
              </Panel>
              <Exceptions draft={draft} set={set} problems={problems} may={may} id={id} changed={draft !== start} />
              {act.failed && (
                <div role="alert">
                  <Callout tone="down">{act.failed}</Callout>
                </div>
              )}
            </Rows>
          </fieldset>
          {/* Without it Enter in a field would send nothing: the button stands in the header of the page. */}
          <input type="submit" hidden />
        </form>
        {beside}
      </Columns>
    </Page>
  )
}
