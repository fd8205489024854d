import { Checkbox, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type webhookSubjects as Subjects, webhookSubjects } from '../../../contract/webhooks/index.ts'
import { api } from '../../api.ts'
import { useAct } from '../../parts/use-act.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { findByTyping } from '../../ui/find-by-typing.ts'
import { useTeams } from '../alerts/data.ts'
import { ShownOnce } from '../identity/LinkOnce.tsx'
import { webhookKeys } from './data.ts'
import styles from './webhooks.module.css'

type Subject = (typeof Subjects)[number]

const everyTeam = 'all'
const subjectWords: Record<Subject, { label: string; words: string }> = {
  deadline: { label: 'Deadlines', words: 'at risk, predicted late, late, on time again; extended, or held back' },
  job: { label: 'Jobs', words: 'failed, missing, running long, right again; and what people do with them' },
}

function WebhookForm({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [url, setUrl] = useState('')
  const [about, setAbout] = useState<Subject[]>([...webhookSubjects])
  const [team, setTeam] = useState(everyTeam)
  const [tried, setTried] = useState(false)
  const teams = useTeams().data?.items ?? []
  const act = useAct(api.webhooks.create, { fields: ['name', 'url', 'about', 'teamId'], refresh: webhookKeys })
  const missing = {
    name: name.trim() ? undefined : 'A name is needed, such as the program that listens.',
    url: url.trim() ? undefined : 'An address is needed, such as https://example.com/hook.',
    about: about.length > 0 ? undefined : 'Choose what it hears of.',
  }
  if (act.output)
    return (
      <ShownOnce text={act.output.secret} label="the secret" onClose={onClose}>
        The secret by which <b>{act.output.name}</b> can tell that a post is from here: each is signed as Standard
        Webhooks has it.
      </ShownOnce>
    )
  const submit = () => {
    setTried(true)
    if (missing.name || missing.url || missing.about) return
    act.run({ name: name.trim(), url: url.trim(), about, teamId: team === everyTeam ? null : team })
  }
  const problem = (field: keyof typeof missing) => (tried ? missing[field] : undefined) ?? act.problems[field]
  return (
    <DialogForm act="Make the webhook" onSubmit={submit} onClose={onClose} busy={act.busy} failed={act.failed}>
      <TextInput
        label="Name"
        placeholder="Ops bus"
        data-autofocus
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={problem('name')}
      />
      <TextInput
        label="Address"
        placeholder="https://ops.example.com/watchfloor"
        description="What is posted goes there from now on. It is kept encrypted; only its host is shown again."
        inputMode="url"
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        error={problem('url')}
      />
      <Checkbox.Group
        label="It hears of"
        value={about}
        onChange={(next) => setAbout(webhookSubjects.filter((one) => next.includes(one)))}
        error={problem('about')}
      >
        <div className={styles.subjects}>
          {webhookSubjects.map((one) => (
            <Checkbox key={one} value={one} label={subjectWords[one].label} description={subjectWords[one].words} />
          ))}
        </div>
      </Checkbox.Group>
      <Select
        label="Of what belongs to"
        {...findByTyping}
        data={[{ value: everyTeam, label: 'All teams' }, ...teams.map((one) => ({ value: one.id, label: one.name }))]}
        value={team}
        onChange={(next) => next && setTeam(next)}
        error={act.problems.teamId}
      />
    </DialogForm>
  )
}

/** Has changes posted to an address; the secret that signs them is shown once. */
export const NewWebhook = ({ opened, onClose }: { opened: boolean; onClose: () => void }) => (
  <Dialog opened={opened} onClose={onClose} title="New webhook">
    <WebhookForm onClose={onClose} />
  </Dialog>
)
