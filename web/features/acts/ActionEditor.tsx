import { MultiSelect, Select, TagsInput, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import { type ActName, actNames, actWords } from '../../../contract/acts/index.ts'
import type { Environment } from '../../../contract/base.ts'
import { query } from '../../api.ts'
import { useMe } from '../../parts/frame-data.ts'
import type { Act as Write } from '../../parts/use-act.ts'
import { useMayFor } from '../../parts/use-may-for.ts'
import { Act } from '../../ui/Act.tsx'
import { findByTyping } from '../../ui/find-by-typing.ts'
import { useFirstField } from '../../ui/focus.tsx'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Picks } from '../../ui/Picks.tsx'
import { SchemaForm } from '../../ui/SchemaForm.tsx'
import { Callout } from '../../ui/States.tsx'
import type { JsonSchema } from '../../ui/schema.ts'
import { problemsOfConfig } from '../../ui/schema-check.ts'
import { focusFirst, problemsAt } from '../monitors/shown-problems.ts'
import styles from './acts.module.css'
import type { ActionKinds } from './data.ts'
import { type Draft, draftProblems, fieldsOf } from './draft.ts'

type Props = {
  title: string
  kinds: ActionKinds
  draft: Draft
  change: (part: Partial<Draft>) => void
  act: Write<ReturnType<typeof fieldsOf>, unknown>
  cancel: string
  acts?: ReactNode
  whyNot?: string | undefined
  /** Chooses another kind, while that can still be done. */
  onKind?: (kind: string) => void
}

const environments: readonly Environment[] = ['prod', 'uat', 'test', 'dev']
const actData = actNames.map((act) => ({ value: act, label: actWords[act].title }))

/** The form of an action: what it does, how its scheduler is told, and for which jobs. */
export function ActionEditor({ title, kinds, draft, change, act, cancel, acts, whyNot, onKind }: Props) {
  const [tried, setTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  useFirstField(form)
  const kind = kinds.items.find((one) => one.kind === draft.kind)
  const schema = (kind?.schema ?? {}) as JsonSchema
  const own = draftProblems(draft, schema)
  const problems = problemsAt([act.problems], own, tried)
  const submit = () => {
    setTried(true)
    if (focusFirst(own)) act.run(fieldsOf(draft))
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
          <Panel title="What is done" words={kind?.title} pad>
            <div className={styles.form}>
              <div className={styles.pair}>
                <TextInput
                  label="Name"
                  placeholder="Force start (AutoSys PRD)"
                  value={draft.name}
                  onChange={(event) => change({ name: event.currentTarget.value })}
                  error={problems.name}
                  maxLength={80}
                />
                <Select
                  label="What it does to a job"
                  data={actData}
                  allowDeselect={false}
                  value={draft.act}
                  onChange={(next) => next && change({ act: next as ActName })}
                  error={problems.act}
                />
              </div>
              {onKind && kinds.items.length > 1 && (
                <div>
                  <b aria-hidden="true">How its scheduler is told</b>
                  <Picks
                    label="How its scheduler is told"
                    value={draft.kind}
                    of={kinds.items.map((one) => ({ value: one.kind, label: one.title, hint: '' }))}
                    onChange={onKind}
                  />
                </div>
              )}
              {kind && <p className="muted">{kind.help}</p>}
              {draft.kind === 'command' && <Programs kinds={kinds} />}
              <SchemaForm
                schema={schema}
                value={draft.config}
                onChange={(config) => change({ config })}
                problems={problemsOfConfig(problems)}
                kept={draft.kept}
              />
              {act.failed && (
                <div role="alert">
                  <Callout tone="down">{act.failed}</Callout>
                </div>
              )}
            </div>
          </Panel>
          <Rows>
            <Panel title="For which jobs" pad>
              <ForWhich draft={draft} change={change} problems={problems} />
            </Panel>
            <Panel title="Placeholders" words="what stands for a value of the job" pad>
              <dl className={styles.placeholders}>
                {kinds.placeholders.map(({ name, help }) => (
                  <div key={name} style={{ display: 'contents' }}>
                    <dt className="mono">{`{${name}}`}</dt>
                    <dd>{help}</dd>
                  </div>
                ))}
              </dl>
            </Panel>
          </Rows>
        </Columns>
        {/* Without it Enter in a field would send nothing: the button stands in the header of the page. */}
        <input type="submit" hidden />
      </form>
    </Page>
  )
}

const Programs = ({ kinds: { programs } }: { kinds: ActionKinds }) => (
  <Callout tone="note">
    {programs.length === 0
      ? 'No program may be run yet: who runs the server names them in SCHEDULER_PROGRAMS.'
      : `These programs may be run: ${programs.join(', ')}.`}
  </Callout>
)

type Fields = {
  draft: Draft
  change: (part: Partial<Draft>) => void
  problems: Readonly<Record<string, string | undefined>>
}

function ForWhich({ draft, change, problems }: Fields) {
  const me = useMe().data
  const all = me?.may['action.write'] === 'all'
  const teams = useQuery({ ...query.identity.teams.list.queryOptions({ input: { limit: 200 } }), enabled: all }).data
  const importers = useQuery(query.imports.importers.queryOptions()).data?.items ?? []
  const mayHere = useMayFor('action.write', draft.teamId)
  const own = me?.teams ?? []
  return (
    <div className={styles.form}>
      <Select
        label="Team"
        description={all ? 'Empty: for the jobs of all teams.' : 'One of which you are a lead.'}
        {...findByTyping}
        clearable={all}
        placeholder="all teams"
        data={(all ? (teams?.items ?? []) : own).map(({ id, name }) => ({ value: id, label: name }))}
        value={draft.teamId}
        onChange={(teamId) => change({ teamId })}
        error={problems.teamId ?? (me && !mayHere ? 'Only a lead of this team, or an administrator, may.' : undefined)}
      />
      <Select
        label="Scheduler"
        {...findByTyping}
        description="Only for jobs that were imported from this kind of scheduler."
        clearable
        placeholder="any scheduler"
        data={importers.map(({ kind, title }) => ({ value: kind, label: title }))}
        value={draft.scheduler}
        onChange={(scheduler) => change({ scheduler })}
        error={problems.scheduler}
      />
      <TagsInput
        label="Tags"
        description="Only for jobs that have at least one of these tags."
        placeholder={draft.tags.length === 0 ? 'all jobs' : ''}
        value={draft.tags}
        onChange={(tags) => change({ tags })}
        error={problems.tags}
      />
      <MultiSelect
        label="Environments"
        placeholder={draft.environments.length === 0 ? 'all' : ''}
        data={[...environments]}
        value={draft.environments}
        onChange={(next) => change({ environments: next as Environment[] })}
        error={problems.environments}
      />
    </div>
  )
}
