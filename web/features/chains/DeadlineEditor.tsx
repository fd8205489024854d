import { type ReactNode, useRef, useState } from 'react'
import type { Act as Write } from '../../parts/use-act.ts'
import { Act } from '../../ui/Act.tsx'
import { useFirstField } from '../../ui/focus.tsx'
import { useNow } from '../../ui/now.ts'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout } from '../../ui/States.tsx'
import { zoneName } from '../../ui/time.ts'
import { wallOf } from '../../ui/wall.ts'
import { focusFirst, problemsAt } from '../monitors/shown-problems.ts'
import styles from './chains.module.css'
import { DeadlineFields, HurtFields } from './DeadlineFields.tsx'
import { type Draft, draftProblems, fieldsOf, nextDates } from './draft.ts'
import { dateWords } from './words.ts'

type Props = {
  title: string
  start: Draft
  act: Write<ReturnType<typeof fieldsOf>, unknown>
  cancel: string
  acts?: ReactNode
  whyNot?: string | undefined
}

/** The form of a deadline, beside when it would be due next. */
export function DeadlineEditor({ title, start, act, cancel, acts, whyNot }: Props) {
  const [draft, setDraft] = useState(start)
  const [tried, setTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  useFirstField(form)
  const own = draftProblems(draft)
  const submit = () => {
    setTried(true)
    if (focusFirst(own)) act.run(fieldsOf(draft))
  }
  const fields = {
    draft,
    change: (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part })),
    problems: problemsAt([act.problems], own, tried),
  }
  return (
    <Page
      title={title}
      acts={
        <>
          <Act label="Cancel" k="Escape" to={cancel} />
          {acts}
          <Act label="Save" k="mod+Enter" kind="primary" run={submit} busy={act.busy} not={whyNot} />
        </>
      }
    >
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <Columns of="minmax(0, 1fr) minmax(0, 1fr)">
          <Panel title="The deadline" pad>
            <div className={styles.form}>
              <DeadlineFields {...fields} />
              {act.failed && (
                <div role="alert">
                  <Callout tone="down">{act.failed}</Callout>
                </div>
              )}
            </div>
          </Panel>
          <Rows>
            <Panel title="Who is hurt" pad>
              <div className={styles.form}>
                <HurtFields {...fields} />
              </div>
            </Panel>
            <Next draft={draft} />
          </Rows>
        </Columns>
        {/* Without it Enter in a field would send nothing: the button stands in the header of the page. */}
        <input type="submit" hidden />
      </form>
    </Page>
  )
}

/** When it would be due next, by what is written. */
function Next({ draft }: { draft: Draft }) {
  const now = useNow()
  if (draft.kind === 'in' || draftProblems(draft)['due.time']) return null
  return (
    <Panel
      title="Next due"
      words={`times of ${zoneName(draft.zone)}${draft.calendarId ? '; closed days fall away' : ''}`}
    >
      <ol className={styles.next}>
        {nextDates(draft, wallOf(now, draft.zone).slice(0, 16)).map(({ date, wall }) => (
          <li key={date}>
            <span className="faint">business date {dateWords(date)}</span>
            <b className="num">
              {dateWords(wall.slice(0, 10))} {wall.slice(11)}
            </b>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
