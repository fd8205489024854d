import { Switch, TextInput } from '@mantine/core'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import type { Act as Write } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { useFirstField } from '../../ui/focus.tsx'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ReferenceFields } from '../../ui/SchemaField.tsx'
import { SchemaForm } from '../../ui/SchemaForm.tsx'
import { Callout, Empty } from '../../ui/States.tsx'
import type { JsonSchema } from '../../ui/schema.ts'
import type { FormValue } from '../../ui/schema-check.ts'
import { FieldEditor } from './FieldEditor.tsx'
import { ListEditor } from './ListEditor.tsx'
import { referenceFields } from './references.tsx'
import styles from './requests.module.css'
import { StageEditor } from './StageEditor.tsx'
import { TypeFields, useTeams } from './TypeFields.tsx'
import { formOf, newField, newStage, newStep, type TypeDraft, typeProblems } from './type-draft.ts'
import type { TypeView } from './words.ts'

type Props = {
  title: string
  start: TypeDraft
  known?: TypeView
  act: Write<TypeDraft, unknown>
  save: string
  chips?: ReactNode
  acts?: ReactNode
}

/** A request type beside its form as those who ask will see it. */
export function TypeEditor({ title, start, known, act, save, chips, acts }: Props) {
  const [draft, setDraft] = useState(start)
  const [tried, setTried] = useState(false)
  const form = useRef<HTMLDivElement>(null)
  useFirstField(form, 'input', !known)
  const teams = useTeams().map(({ id, name }) => ({ value: id, label: name }))
  const set = (part: Partial<TypeDraft>) => setDraft((before) => ({ ...before, ...part }))
  const wrong = typeProblems(draft)
  const problems = { ...act.problems, ...(tried ? wrong : {}) }
  const submit = () => {
    setTried(true)
    if (Object.keys(wrong).length === 0 && !act.busy) act.run(draft)
  }
  return (
    <Page
      title={title}
      chips={chips}
      acts={
        <>
          <Act label="Cancel" k="Escape" to={paths.requestTypes()} />
          {acts}
          <Act label={save} k="mod+Enter" kind="primary" run={submit} busy={act.busy} />
        </>
      }
    >
      <Columns of="minmax(0, 3fr) minmax(320px, 2fr)">
        <Rows ref={form}>
          <Panel title="The request type" pad>
            <TypeFields draft={draft} set={set} problems={problems} known={known} />
          </Panel>
          <Panel title="Form" words="what is asked, in this order" pad>
            <ListEditor word="Field" of={draft.fields} onChange={(fields) => set({ fields })} make={newField} most={40}>
              {(field, change) => <FieldEditor field={field} set={change} problems={problems} />}
            </ListEditor>
          </Panel>
          <Panel title="Approval" words="stage by stage; none when there is no stage" pad>
            <ListEditor word="Stage" of={draft.stages} onChange={(stages) => set({ stages })} make={newStage} most={5}>
              {(stage, change) => (
                <StageEditor stage={stage} set={change} error={problems[`stage ${stage.key}`]} teams={teams} />
              )}
            </ListEditor>
          </Panel>
          <Panel title="Checklist" words="what is done to fulfil it" pad>
            <ListEditor word="Step" of={draft.steps} onChange={(steps) => set({ steps })} make={newStep} most={40}>
              {(step, change) => (
                <>
                  <TextInput
                    label="What is to be done"
                    placeholder="Add each person to the reading group"
                    maxLength={200}
                    value={step.title}
                    onChange={(event) => change({ title: event.currentTarget.value })}
                    error={problems[`step ${step.key}`]}
                  />
                  <TextInput
                    label="Help"
                    maxLength={1000}
                    value={step.help}
                    onChange={(event) => change({ help: event.currentTarget.value })}
                  />
                  <Switch
                    label="It must be done before the request is resolved"
                    checked={step.required}
                    onChange={(event) => change({ required: event.currentTarget.checked })}
                  />
                </>
              )}
            </ListEditor>
          </Panel>
        </Rows>
        <div className={styles.sticky}>
          {tried && Object.keys(wrong).length > 0 && (
            <div role="alert">
              <Callout tone="warn">Something is missing: each field says what.</Callout>
            </div>
          )}
          {act.failed && (
            <div role="alert">
              <Callout tone="down">{act.failed}</Callout>
            </div>
          )}
          <Preview draft={draft} />
        </div>
      </Columns>
    </Page>
  )
}

/** The form as it will be; what is typed into it is not kept. */
function Preview({ draft }: { draft: TypeDraft }) {
  const schema = useMemo(() => formOf(draft.fields) as unknown as JsonSchema, [draft.fields])
  const [value, setValue] = useState<FormValue>({})
  return (
    <Panel title="As those who ask see it" pad>
      {Object.keys(schema.properties ?? {}).length === 0 ? (
        <Empty title="It asks for nothing yet.">
          The fields that you add to the form are shown here as those who ask see them.
        </Empty>
      ) : (
        <div className={styles.fields}>
          {draft.description && <p className="muted">{draft.description}</p>}
          <ReferenceFields value={referenceFields}>
            <SchemaForm schema={schema} value={value} onChange={setValue} />
          </ReferenceFields>
        </div>
      )}
    </Panel>
  )
}
