import { type ReactNode, useRef, useState } from 'react'
import type { Act as Write } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { useFirstField } from '../../ui/focus.tsx'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout } from '../../ui/States.tsx'
import { AppliesFields } from './AppliesFields.tsx'
import { CutOffFields } from './CutOffFields.tsx'
import { type PolicyDraft, policyProblems } from './policy-draft.ts'
import { RuleFields } from './RuleFields.tsx'
import { SlaPreview } from './SlaPreview.tsx'
import styles from './sla.module.css'
import { TargetFields } from './TargetFields.tsx'

type Props = {
  title: string
  isNew?: boolean
  isDefault: boolean
  start: PolicyDraft
  act: Write<PolicyDraft, unknown>
  save: string
  may: boolean
  acts?: ReactNode
}

/** What a policy says, beside when tickets opened now would be due by it. */
export function SlaPolicyEditor({ title, isNew = false, isDefault, start, act, save, may, acts }: Props) {
  const [draft, setDraft] = useState(start)
  const [tried, setTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  useFirstField(form, 'input', isNew)
  const wrong = policyProblems(draft)
  // A length that cannot be read is told at once: the preview beside it has stopped.
  const lengths = Object.fromEntries(Object.entries(wrong).filter(([field]) => field.startsWith('targets.')))
  const problems = { ...act.problems, ...lengths, ...(tried ? wrong : {}) }
  const set = (part: Partial<PolicyDraft>) => setDraft({ ...draft, ...part })
  const submit = () => {
    setTried(true)
    if (Object.keys(wrong).length === 0) act.run(draft)
  }
  const given = { draft, set, problems, isDefault }
  return (
    <Page
      title={title}
      chips={!may && <span className="faint">an administrator may change it</span>}
      acts={
        <>
          <Act label={may ? 'Cancel' : 'Back'} k="Escape" to={paths.slaPolicies()} />
          {acts}
          {may && <Act label={save} k="mod+Enter" kind="primary" run={submit} busy={act.busy} />}
        </>
      }
    >
      <Columns of="repeat(auto-fit, minmax(min(100%, 480px), 1fr))">
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
              <Panel title="For which tickets" pad>
                <AppliesFields {...given} />
              </Panel>
              <Panel title="How soon">
                <TargetFields {...given} />
              </Panel>
              <Panel title="How the clocks run" pad>
                <RuleFields {...given} />
              </Panel>
              <Panel title="Cut-offs" words="clocks that end at a time of day, whatever a ticket waits for">
                <CutOffFields {...given} may={may} />
              </Panel>
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
        <SlaPreview draft={draft} wrong={Object.keys(wrong).some((field) => field !== 'name')} />
      </Columns>
    </Page>
  )
}
