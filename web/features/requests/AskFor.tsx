import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import { api } from '../../api.ts'
import { type Me, useMe } from '../../parts/frame-data.ts'
import { type Person, PersonSelect } from '../../parts/PersonSelect.tsx'
import { useAct } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { statusOf } from '../../problem.ts'
import { Act } from '../../ui/Act.tsx'
import { useFirstField } from '../../ui/focus.tsx'
import { useFormDraft } from '../../ui/form-draft.ts'
import { useIsPhone } from '../../ui/list.ts'
import { Columns, Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ReferenceFields } from '../../ui/SchemaField.tsx'
import { SchemaForm } from '../../ui/SchemaForm.tsx'
import { Callout, Empty, Failed, Loading } from '../../ui/States.tsx'
import type { JsonSchema } from '../../ui/schema.ts'
import { checkForm, startValue, withoutBlanks } from '../../ui/schema-check.ts'
import { toast } from '../../ui/toast.ts'
import { useParam } from '../../ui/url.ts'
import { type AskDraft, askDraft, draftKey } from './ask-draft.ts'
import { requestKeys, typeKeys, useRequestType } from './data.ts'
import { type Known, ReferenceSource, referenceFields } from './references.tsx'
import styles from './requests.module.css'
import { stageWords, type TypeView } from './words.ts'

/** The form of a request type, to fill in and send. */
export function AskFor() {
  const slug = useParam('slug')
  const found = useRequestType(slug)
  const me = useMe().data
  if (found.data && me) return <Form key={found.data.id} type={found.data} me={me} />
  return (
    <Page title="Ask for something">
      <Panel>
        {statusOf(found.error) === 404 ? (
          <Empty title="This cannot be asked for." act={<Link to={paths.catalogue()}>Look into the catalogue</Link>}>
            It may have been taken out of the catalogue, or it is for other business units.
          </Empty>
        ) : found.isError ? (
          <Failed what="The form could not be read." error={found.error} retry={() => void found.refetch()} />
        ) : (
          <Loading />
        )}
      </Panel>
    </Page>
  )
}

const below = (problems: Record<string, string | undefined>) =>
  Object.fromEntries(
    Object.entries(problems).flatMap(([path, problem]) =>
      path.startsWith('answers.') && problem ? [[path.slice('answers.'.length), problem]] : [],
    ),
  )

function Form({ type, me }: { type: TypeView; me: Me }) {
  const navigate = useNavigate()
  const phone = useIsPhone()
  const desk = me.may['ticket.work'] !== undefined
  const schema = type.form as unknown as JsonSchema
  const form = useRef<HTMLFormElement>(null)
  const { properties } = type.form
  const begun = { version: type.formVersion, value: startValue(schema), known: {} }
  const draft = useFormDraft(draftKey(type.slug, me.id), askDraft(begun, properties))
  const { version, value, known } = draft.value
  const { set: setDraft } = draft
  const set = (part: Partial<AskDraft>) => setDraft((before) => ({ ...before, ...part }))
  const [requester, setRequester] = useState<Person | null>(null)
  const [tried, setTried] = useState(false)
  const older = version !== type.formVersion
  useFirstField(form, 'fieldset input, fieldset textarea')
  const act = useAct(
    () =>
      api.requests.submit({
        typeId: type.id,
        formVersion: type.formVersion,
        answers: withoutBlanks(value) as Record<string, unknown>,
        ...(requester && { requesterId: requester.id }),
      }),
    {
      fields: [...Object.keys(type.form.properties).map((name) => `answers.${name}`), 'requesterId'],
      refresh: [...typeKeys, ...requestKeys],
      done: ({ ticket }) => {
        draft.forget()
        toast(`${ticket.number} is sent. You follow it here.`)
        void navigate({ to: paths.ticket(ticket.number) })
      },
    },
  )
  const wrong = checkForm(schema, value)
  const submit = () => {
    setTried(true)
    set({ version: type.formVersion })
    const [first] = Object.keys(wrong)
    if (first === undefined) return void (act.busy || act.run(undefined))
    form.current?.querySelector<HTMLElement>(`[data-path="${first}"]`)?.focus()
  }
  const source = useMemo(
    () => ({
      typeId: type.id,
      known,
      learn: (more: Known) => setDraft((before) => ({ ...before, known: { ...before.known, ...more } })),
    }),
    [type.id, known, setDraft],
  )
  return (
    <Page
      title={type.name}
      words={phone ? undefined : type.category}
      acts={
        <>
          <Act label="Cancel" k="Escape" to={paths.catalogue()} />
          <Act label="Send" k="mod+Enter" kind="primary" busy={act.busy} run={submit} />
        </>
      }
    >
      <Columns of={desk ? 'minmax(0, 640px) minmax(0, 340px)' : 'minmax(0, 1fr)'}>
        <Panel label="The form" pad>
          <form
            ref={form}
            noValidate
            className={styles.fields}
            onSubmit={(event) => {
              event.preventDefault()
              submit()
            }}
          >
            {type.description && <p className="muted">{type.description}</p>}
            {older && (
              <Callout tone="warn">
                The form has changed since you began. What still fits is kept; look through it before you send it.
              </Callout>
            )}
            {desk && (
              <PersonSelect
                label="Who asks"
                description="Yourself, when it is left empty."
                value={requester}
                onChange={setRequester}
                error={act.problems.requesterId}
              />
            )}
            <ReferenceSource value={source}>
              <ReferenceFields value={referenceFields}>
                <SchemaForm
                  schema={schema}
                  value={value}
                  onChange={(next) => set({ value: next })}
                  problems={{ ...below(act.problems), ...(tried ? wrong : {}) }}
                />
              </ReferenceFields>
            </ReferenceSource>
            {act.failed && (
              <div role="alert">
                <Callout tone="down">{act.failed}</Callout>
              </div>
            )}
            <input type="submit" hidden />
          </form>
        </Panel>
        <WhatHappens type={type} />
      </Columns>
    </Page>
  )
}

const WhatHappens = ({ type }: { type: TypeView }) => (
  <Panel title="What happens then" pad>
    <div className={styles.fields}>
      <ol className={styles.stages}>
        {type.approvals.map((stage) => (
          <li key={stageWords(stage)}>{stageWords(stage)}</li>
        ))}
        {type.approvals.length === 0 && <li>It needs no approval.</li>}
        <li>{type.team ? `${type.team.name} fulfils it.` : 'Support fulfils it.'}</li>
        <li>You say that it is done, or what is missing.</li>
      </ol>
      <p className="faint">What you fill in is kept on this machine until you send it.</p>
    </div>
  </Panel>
)
