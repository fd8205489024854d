import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useMe } from '../../parts/frame-data.ts'
import { useAct } from '../../parts/use-act.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { Picks } from '../../ui/Picks.tsx'
import { SchemaForm } from '../../ui/SchemaForm.tsx'
import { Callout, Failed, Loading } from '../../ui/States.tsx'
import type { JsonSchema } from '../../ui/schema.ts'
import { checkForm, type FormValue, startValue } from '../../ui/schema-check.ts'
import { toast } from '../../ui/toast.ts'
import { browserWords } from '../identity/browser-words.ts'
import { contactKeys, useChannels } from './data.ts'
import styles from './notify.module.css'
import { pushProblem, subscribe } from './push.ts'

type Channel = { kind: string; title: string; help: string; schema: JsonSchema }

type Props = { onAdded: (id: string) => void; onClose: () => void }

function Form({ channels, onAdded, onClose }: Props & { channels: readonly Channel[] }) {
  const me = useMe()
  const [kind, setKind] = useState(channels[0]?.kind ?? '')
  const channel = channels.find((one) => one.kind === kind)
  const schema = channel?.schema ?? {}
  const start = (of: Channel | undefined): FormValue => {
    const value = startValue(of?.schema ?? {})
    return of?.kind === 'mail' && me.data ? { ...value, address: me.data.email } : value
  }
  const [config, setConfig] = useState<FormValue>(() => start(channel))
  const [label, setLabel] = useState('')
  const [tried, setTried] = useState(false)
  // What a browser needs nobody can type: it tells us itself, when it is asked.
  const browser = kind === 'push'
  const problem = browser ? pushProblem() : null
  const own = browser ? {} : checkForm(schema, config)
  const name = label.trim() || (browser ? browserWords(navigator.userAgent) : '')
  const act = useAct(
    async () =>
      api.notify.addMethod({
        channel: kind,
        config: browser ? await subscribe() : config,
        ...(name && { label: name }),
      }),
    {
      fields: ['label', ...Object.keys(schema.properties ?? {}).map((name) => `config.${name}`)],
      refresh: contactKeys,
      done: (made) => {
        toast(made.codeSentAt ? `A code is on its way to ${made.address}.` : `${made.label} is added.`)
        onAdded(made.id)
        onClose()
      },
    },
  )
  const fromServer = Object.fromEntries(
    Object.entries(act.problems).map(([field, problem]) => [field.replace(/^config\./, ''), problem ?? '']),
  )
  const submit = () => {
    setTried(true)
    if (Object.keys(own).length === 0) act.run(undefined)
  }
  return (
    <DialogForm
      act="Add and send a code"
      onSubmit={submit}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
      not={problem !== null && 'It cannot be added here.'}
    >
      <Picks
        label="Way"
        value={kind}
        of={channels.map((one) => ({ value: one.kind, label: one.title }))}
        onChange={(next) => {
          setKind(next)
          setConfig(start(channels.find((one) => one.kind === next)))
          setTried(false)
          act.reset()
        }}
      />
      <p className="muted">{channel?.help}</p>
      {problem && <Callout tone="warn">{problem}</Callout>}
      {!browser && (
        <SchemaForm
          schema={schema}
          value={config}
          onChange={setConfig}
          problems={tried ? { ...fromServer, ...own } : fromServer}
        />
      )}
      <TextInput
        label="Your own name for it"
        description="The name that your rules show, such as Work mail or Night phone."
        value={label}
        placeholder={browser ? browserWords(navigator.userAgent) : ''}
        onChange={(event) => setLabel(event.currentTarget.value)}
        error={act.problems.label}
      />
    </DialogForm>
  )
}

function Load(props: Props) {
  const channels = useChannels()
  if (channels.isError)
    return (
      <Failed
        what="The ways to reach you could not be loaded."
        error={channels.error}
        retry={() => void channels.refetch()}
      />
    )
  if (!channels.data) return <Loading lines={4} />
  return (
    <div className={styles.stack}>
      <Form channels={channels.data.items as readonly Channel[]} {...props} />
    </div>
  )
}

/** Adds a contact method; its form comes from its channel, and a code goes there at once. */
export const AddMethod = ({ opened, ...props }: Props & { opened: boolean }) => (
  <Dialog opened={opened} onClose={props.onClose} title="Add a contact method">
    <Load {...props} />
  </Dialog>
)
