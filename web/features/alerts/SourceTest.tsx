import { Checkbox, Select, Textarea } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useAct } from '../../parts/use-act.ts'
import { Act } from '../../ui/Act.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { alertKeys, sourceKeys } from './data.ts'
import { SourceTestResult } from './SourceTestResult.tsx'
import type { Source } from './words.ts'

const own = 'own'

/** Read a sample as if the tool had sent it, and see what would be decided. */
export function SourceTest({ source, not }: { source: Source; not?: string | undefined }) {
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Act label="Send a test" k="t" run={() => setOpened(true)} not={not} />
      <Dialog opened={opened} onClose={() => setOpened(false)} title={`Test ${source.name}`} wide>
        {opened && <Form source={source} onClose={() => setOpened(false)} />}
      </Dialog>
    </>
  )
}

function Form({ source, onClose }: { source: Source; onClose: () => void }) {
  const [sample, setSample] = useState(source.samples[0] ?? own)
  const [body, setBody] = useState('')
  const [deliver, setDeliver] = useState(false)
  const [tried, setTried] = useState(false)
  const act = useAct((input: Parameters<typeof api.alerts.sources.test>[0]) => api.alerts.sources.test(input), {
    refresh: [...sourceKeys, ...alertKeys],
    fields: ['sample', 'body'],
  })
  const missing = sample === own && body.trim() === '' ? 'Paste what the tool sends.' : undefined
  const submit = () => {
    setTried(true)
    if (!missing) act.run({ id: source.id, deliver, ...(sample === own ? { body } : { sample }) })
  }
  return (
    <DialogForm act="Try it" onSubmit={submit} onClose={onClose} busy={act.busy} failed={act.failed}>
      <Select
        label="What to read"
        data-autofocus
        data={[
          ...source.samples.map((name) => ({ value: name, label: `Example: ${name}` })),
          { value: own, label: 'Something of your own' },
        ]}
        value={sample}
        onChange={(next) => next && setSample(next)}
        error={act.problems.sample}
      />
      {sample === own && (
        <Textarea
          label="What the tool sends"
          minRows={5}
          spellCheck={false}
          classNames={{ input: 'mono' }}
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
          error={act.problems.body ?? (tried ? missing : undefined)}
        />
      )}
      <Checkbox
        label="Really take it in, as severity info that is over at once"
        description="It shows in the list of all alerts; nobody is told."
        checked={deliver}
        onChange={(event) => setDeliver(event.currentTarget.checked)}
      />
      {act.output && <SourceTestResult result={act.output} />}
    </DialogForm>
  )
}
