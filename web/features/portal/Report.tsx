import { Textarea, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { api, uploadFile } from '../../api.ts'
import { type Me, useMe } from '../../parts/frame-data.ts'
import { useAct } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { AttachButton, FileItems } from '../../ui/Files.tsx'
import { useFormDraft } from '../../ui/form-draft.ts'
import { useIsPhone } from '../../ui/list.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout, Loading } from '../../ui/States.tsx'
import { toast } from '../../ui/toast.ts'
import { useFiles } from '../../ui/use-files.ts'
import { listKeys } from '../desk/data.ts'
import { useDisturbances } from './data.ts'
import { HelpArticles } from './HelpArticles.tsx'
import styles from './portal.module.css'
import { draftKey, type Report as Given, reportDraft } from './report-draft.ts'
import { ServiceField } from './ServiceField.tsx'
import { Trouble } from './Trouble.tsx'
import { describe, hurtWords, workWords } from './words.ts'

/** What is wrong, in one line; all the rest helps, and nothing of it is asked for. */
export function Report() {
  const me = useMe().data
  return me ? (
    <Form me={me} />
  ) : (
    <Page title="Report a problem">
      <Loading />
    </Page>
  )
}

function Form({ me }: { me: Me }) {
  const navigate = useNavigate()
  const phone = useIsPhone()
  const { value: given, set: setGiven, forget } = useFormDraft(draftKey(me.id), reportDraft)
  const set = (change: Partial<Given>) => setGiven((before) => ({ ...before, ...change }))
  const files = useFiles(uploadFile, given.files)
  const { take } = files
  const here = JSON.stringify(files.sent)
  const kept = JSON.stringify(given.files)
  useEffect(
    () => setGiven((now) => (JSON.stringify(now.files) === here ? now : { ...now, files: JSON.parse(here) })),
    [setGiven, here],
  )
  // Also those that were sent in another tab.
  useEffect(() => take(JSON.parse(kept)), [take, kept])
  const act = useAct(api.desk.open, {
    fields: ['title', 'serviceId', 'description', 'attachments'],
    refresh: listKeys(),
    done: ({ ticket }) => {
      forget()
      toast(`We have it, as ${ticket.number}.`)
      void navigate({ to: paths.ticket(ticket.number) })
    },
  })
  const title = given.title.replace(/\s+/g, ' ').trim()
  const [tried, setTried] = useState(false)
  const send = () => {
    setTried(true)
    if (!title || files.busy || act.busy) return
    act.run({
      kind: 'incident',
      title,
      description: describe(given),
      ...(given.service && { serviceId: given.service.id }),
      attachments: files.sent.map(({ id }) => id),
    })
  }
  return (
    <Page title="Report a problem">
      <Panel label="Report">
        <form
          className={styles.form}
          noValidate
          {...files.handlers}
          onSubmit={(event) => {
            event.preventDefault()
            send()
          }}
        >
          <TextInput
            label="What is wrong?"
            name="title"
            placeholder="The blotter shows no prices"
            maxLength={200}
            autoFocus={!phone}
            value={given.title}
            onChange={(event) => set({ title: event.currentTarget.value })}
            error={act.problems.title ?? (tried && !title ? 'Say in a line what it is about.' : undefined)}
          />
          <ServiceField value={given.service} onChange={(service) => set({ service })} error={act.problems.serviceId} />
          <Known
            serviceId={given.service?.id}
            onJoined={(number) => void navigate({ to: paths.disturbance(number) })}
          />
          <HelpArticles text={given.title} serviceId={given.service?.id} />
          <Choice label="Can you work?" of={workWords} value={given.work} onChange={(work) => set({ work })} />
          <Choice label="Who is hurt?" of={hurtWords} value={given.hurt} onChange={(hurt) => set({ hurt })} />
          <TextInput
            label="Since when?"
            placeholder="This morning, 06:56"
            maxLength={200}
            value={given.since}
            onChange={(event) => set({ since: event.currentTarget.value })}
          />
          <Textarea
            label="More words"
            description="What you did, what you saw, what it should be"
            minRows={3}
            autosize
            maxLength={19_000}
            value={given.words}
            onChange={(event) => set({ words: event.currentTarget.value })}
            error={act.problems.description}
          />
          <div className={styles.files}>
            <AttachButton files={files} label="Add a picture" photo />
            <AttachButton files={files} label="Add a file" />
            {!phone && <span className="faint">or paste a screenshot, or drop files here</span>}
          </div>
          <FileItems files={files} />
          {act.problems.attachments && <Callout tone="down">{act.problems.attachments}</Callout>}
          {act.failed && (
            <div role="alert">
              <Callout tone="down">{act.failed}</Callout>
            </div>
          )}
          <div className={styles.send}>
            <Act
              label="Send to support"
              kind="primary"
              submit
              k="mod+Enter"
              busy={act.busy}
              not={files.busy && 'A file is still on its way.'}
            />
          </div>
        </form>
      </Panel>
    </Page>
  )
}

/** What is known of the chosen service: joining it spares a ticket, and nobody is held back from writing one. */
function Known({ serviceId, onJoined }: { serviceId: string | undefined; onJoined: (number: string) => void }) {
  const known = useDisturbances().data?.items.find(({ service, overAt }) => service.id === serviceId && !overAt)
  return (
    known && (
      <div role="status">
        <Trouble of={known} onJoined={onJoined} />
      </div>
    )
  )
}

function Choice<Value extends string>({
  label,
  of,
  value,
  onChange,
}: {
  label: string
  of: Record<Value, string>
  value: Value | ''
  onChange: (value: Value | '') => void
}) {
  return (
    <fieldset className={styles.choice}>
      <legend>{label}</legend>
      <div>
        {(Object.entries(of) as [Value, string][]).map(([one, words]) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === value}
            onClick={() => onChange(one === value ? '' : one)}
          >
            {words.charAt(0).toUpperCase() + words.slice(1)}
          </button>
        ))}
      </div>
    </fieldset>
  )
}
