import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { PingKeyKind } from '../../../contract/jobs/index.ts'
import { api } from '../../api.ts'
import { useAct } from '../../parts/use-act.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { toast } from '../../ui/toast.ts'
import { ShownOnce } from '../identity/LinkOnce.tsx'
import { jobKeys, type PingKeys } from './data.ts'
import { keyWords } from './words.ts'

type Props = { of: PingKeys; kind: PingKeyKind; onClose: () => void }
/** Which key it is about; undefined: closed. */
type Asked = Omit<Props, 'kind'> & { kind: PingKeyKind | undefined }

function Make({ of, kind, onClose }: Props) {
  const [given, setGiven] = useState('')
  const [replaces] = useState(of[kind] !== null)
  const { the, whom, length } = keyWords[kind]
  const key = given.trim()
  const act = useAct(() => api.jobs.makePingKey({ teamId: of.team.id, kind, ...(key && { key }) }), {
    fields: ['key'],
    refresh: [...jobKeys],
    done: () => {
      // What somebody brought along need not be shown, and the ping key stays in sight.
      if (!key && kind !== 'ping') return
      toast(`${of.team.name} has ${the} now.`)
      onClose()
    },
  })
  if (act.output && !key && kind !== 'ping')
    return (
      <ShownOnce text={act.output.key} label="the key" onClose={onClose}>
        {keyWords[kind].title} of <b>{of.team.name}</b>. A program sends it as <code>X-Api-Key</code>
      </ShownOnce>
    )
  return (
    <DialogForm
      act={replaces ? 'Make another' : 'Make'}
      danger={replaces}
      onSubmit={() => act.run(undefined)}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
    >
      {replaces && (
        <p>
          {whom} with the old one are refused from now on.
          {kind === 'ping' && ' They need the new one in their address.'}
        </p>
      )}
      <TextInput
        label="Bring along the key of a healthchecks project"
        description={`The key has ${length} characters. Left empty, a new key is made.`}
        data-autofocus
        classNames={{ input: 'mono' }}
        spellCheck={false}
        autoComplete="off"
        value={given}
        onChange={(event) => setGiven(event.currentTarget.value)}
        error={act.problems.key}
      />
    </DialogForm>
  )
}

/** Makes a key of a team, or another in the place of the one that is there. */
export const MakeKey = ({ of, kind, onClose }: Asked) => (
  <Dialog opened={kind !== undefined} onClose={onClose} title={kind ? `Make ${keyWords[kind].the}` : ''}>
    {kind && <Make of={of} kind={kind} onClose={onClose} />}
  </Dialog>
)

function End({ of, kind, onClose }: Props) {
  const { the, whom } = keyWords[kind]
  const act = useAct(() => api.jobs.endPingKey({ teamId: of.team.id, kind }), {
    fields: [],
    refresh: [...jobKeys],
    done: () => {
      toast(`${of.team.name} no longer has ${the}.`)
      onClose()
    },
  })
  return (
    <DialogForm
      act="End"
      danger
      onSubmit={() => act.run(undefined)}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
    >
      <p>{whom} with it are refused from now on. Whoever has the key can bring it along again.</p>
    </DialogForm>
  )
}

/** Asks before a key ends. */
export const EndKey = ({ of, kind, onClose }: Asked) => (
  <Dialog opened={kind !== undefined} onClose={onClose} title={kind ? `End ${keyWords[kind].the}` : ''}>
    {kind && <End of={of} kind={kind} onClose={onClose} />}
  </Dialog>
)
