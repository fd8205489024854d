import { useRef, useState } from 'react'
import type { Act as Write } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { useFirstField } from '../../ui/focus.tsx'
import { Columns, Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Picks } from '../../ui/Picks.tsx'
import { Callout } from '../../ui/States.tsx'
import { SourceConsequence } from './SourceConsequence.tsx'
import styles from './SourceFields.module.css'
import { SourceFields, useSourceTeams } from './SourceFields.tsx'
import { newSourceDraft, sourceInput, sourceProblems } from './source-draft.ts'
import type { SourceKind } from './words.ts'

type Input = ReturnType<typeof sourceInput> & { kind: string }
type Props = { kinds: readonly SourceKind[]; act: Write<Input, unknown> }

/** Kind, facts and consequence side by side. */
export function NewSourceForm({ kinds, act }: Props) {
  const { all, teams } = useSourceTeams()
  const [chosen, setKind] = useState<string>()
  const [draft, setDraft] = useState(() => newSourceDraft(all ? null : (teams[0]?.id ?? null)))
  const [tried, setTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  useFirstField(form)
  const kind = kinds.find((one) => one.kind === chosen) ?? kinds[0]
  const wrong = sourceProblems(draft)
  const submit = () => {
    setTried(true)
    if (kind && Object.keys(wrong).length === 0) act.run({ ...sourceInput(draft), kind: kind.kind })
  }
  return (
    <Page
      title="Connect a tool"
      chips={<span className="faint">it gets a key of its own</span>}
      acts={
        <>
          <Act label="Cancel" k="Escape" to={paths.sources()} />
          <Act label="Make the key" k="mod+Enter" kind="primary" run={submit} busy={act.busy} />
        </>
      }
    >
      <Columns of="220px minmax(0, 1fr) minmax(0, 1fr)">
        <Panel title="What reports to us">
          <Picks
            label="What reports to us"
            value={kind?.kind ?? ''}
            of={kinds.map(({ kind: value, title }) => ({ value, label: title }))}
            onChange={setKind}
          />
        </Panel>
        <Panel title="About it" pad>
          <form
            ref={form}
            className={styles.fields}
            noValidate
            onSubmit={(event) => {
              event.preventDefault()
              submit()
            }}
          >
            <SourceFields
              draft={draft}
              set={(part) => setDraft({ ...draft, ...part })}
              problems={{ ...act.problems, ...(tried ? wrong : {}) }}
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
        <SourceConsequence draft={draft} kind={kind} />
      </Columns>
    </Page>
  )
}
