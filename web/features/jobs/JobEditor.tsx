import { type ReactNode, useRef, useState } from 'react'
import type { Act as Write } from '../../parts/use-act.ts'
import { Act } from '../../ui/Act.tsx'
import { useFirstField } from '../../ui/focus.tsx'
import { Columns, Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout, Empty, Failed } from '../../ui/States.tsx'
import { useZone } from '../../ui/Time.tsx'
import { clock, zoneName } from '../../ui/time.ts'
import { focusFirst, problemsAt } from '../monitors/shown-problems.ts'
import { type Draft, draftProblems } from './draft.ts'
import { JobFields } from './JobFields.tsx'
import styles from './jobs.module.css'
import { Times } from './Times.tsx'
import { usePreview } from './use-preview.ts'
import { seconds } from './words.ts'

type Props<Fields> = {
  title: string
  start: Draft
  act: Write<Fields, unknown>
  fields: (draft: Draft) => Fields
  save: string
  cancel: string
  acts?: ReactNode
  whyNot?: string | undefined
}

/** The form beside what it means: the next ten times, and when somebody is told. */
export function JobEditor<Fields>({ title, start, act, fields, save, cancel, acts, whyNot }: Props<Fields>) {
  const [draft, setDraft] = useState(start)
  const [tried, setTried] = useState(false)
  const preview = usePreview(draft)
  const form = useRef<HTMLFormElement>(null)
  useFirstField(form)
  const own = draftProblems(draft)
  const submit = () => {
    setTried(true)
    if (focusFirst(own)) act.run(fields(draft))
  }
  return (
    <Page
      title={title}
      acts={
        <>
          <Act label="Cancel" k="Escape" to={cancel} />
          {acts}
          <Act label={save} k="mod+Enter" kind="primary" run={submit} busy={act.busy} not={whyNot} />
        </>
      }
    >
      <Columns of="minmax(0, 1fr) minmax(0, 1fr)">
        <Panel title="The job" pad>
          <form
            ref={form}
            className={styles.form}
            noValidate
            onSubmit={(event) => {
              event.preventDefault()
              submit()
            }}
          >
            <JobFields
              draft={draft}
              change={(part) => setDraft((before) => ({ ...before, ...part }))}
              problems={problemsAt([act.problems, preview.problems], own, tried)}
            />
            {act.failed && (
              <div role="alert">
                <Callout tone="down">{act.failed}</Callout>
              </div>
            )}
            {/* Without it Enter in a field would send nothing: the button stands in the header of the page. */}
            <input type="submit" hidden />
          </form>
        </Panel>
        <Means draft={draft} preview={preview} />
      </Columns>
    </Page>
  )
}

const hintOfWaits = 'It is expected at no time of its own; the deadlines of its chain say when it is late.'

/** What follows from what is written. */
function Means({ draft, preview }: { draft: Draft; preview: ReturnType<typeof usePreview> }) {
  const own = useZone()
  const { data } = preview
  const [first] = data?.times ?? []
  const grace = draft.graceSeconds ?? 0
  const zone = data?.zone ?? own
  const told = first && clock(Date.parse(first) + grace * 1000, zone)
  return (
    <Panel title="The next ten times" words={data?.zone ? `times of ${zoneName(data.zone)}` : undefined}>
      {preview.failed !== undefined && (
        <Failed what="The times could not be worked out." error={preview.failed} retry={preview.retry} />
      )}
      {!data && preview.failed === undefined && (
        <Empty title="No times yet.">They appear here as soon as the schedule can be read.</Empty>
      )}
      {data && (
        <>
          {draft.kind === 'period' ? (
            <p className={styles.told}>
              {`It is expected every ${seconds(draft.seconds ?? 0)} once it was heard of first; somebody is told ${seconds((draft.seconds ?? 0) + grace)} after the last time.`}
            </p>
          ) : draft.kind === 'waits' ? (
            <p className={styles.told}>{hintOfWaits}</p>
          ) : (
            <Times times={data.times} zone={data.zone} />
          )}
          {data.notes.map((note) => (
            <Callout key={note} tone="note">
              {note}
            </Callout>
          ))}
          {draft.kind !== 'period' && told && (
            <p className={`${styles.told} faint`}>
              {draft.rules === 'own'
                ? `If the first of them does not start, somebody is told at ${told}.`
                : `It is expected once it was heard of first; from then on somebody is told ${seconds(grace)} after such a time, unless it has ended well.`}
            </p>
          )}
        </>
      )}
    </Panel>
  )
}
