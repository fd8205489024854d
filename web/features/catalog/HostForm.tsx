import { Textarea } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useMe } from '../../parts/frame-data.ts'
import { useAct, useOpenedWith } from '../../parts/use-act.ts'
import { mayFor } from '../../parts/use-may-for.ts'
import { paths } from '../../paths.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { toast } from '../../ui/toast.ts'
import { catalogKeys } from './data.ts'
import { HostFields, hostNameMissing } from './HostFields.tsx'
import { OwnerSelect } from './Selects.tsx'
import type { Environment, Host } from './words.ts'

const fields = ['name', 'environment', 'site', 'teamId', 'description'] as const

/** The team that whoever may not choose any begins with: one that he leads. */
const useOwnTeam = () => {
  const me = useMe().data
  if (me?.may['host.write'] === 'all') return null
  return me?.teams.find(({ id }) => mayFor(me, 'host.write', id))?.id ?? null
}

function Form({ host, onClose }: { host: Host | undefined; onClose: () => void }) {
  const navigate = useNavigate()
  const own = useOwnTeam()
  const [given, setGiven] = useState({
    name: host?.name ?? '',
    environment: host?.environment ?? ('prod' as Environment),
    site: host?.site ?? '',
    teamId: host ? (host.team?.id ?? null) : own,
    description: host?.description ?? '',
  })
  const opened = useOpenedWith(host)
  const [tried, setTried] = useState(false)
  const missing = given.name.trim() === ''
  const act = useAct(
    () => (host ? api.catalog.hosts.change({ id: host.id, ...given }, opened) : api.catalog.hosts.add(given)),
    {
      fields,
      refresh: catalogKeys,
      done: (saved) => {
        onClose()
        if (host) return void toast(`${saved.name} is saved.`)
        toast(`${saved.name} is added. The services that run on it name it under what they depend on.`)
        void navigate({ to: paths.host(saved.id) })
      },
    },
  )
  const submit = () => {
    setTried(true)
    if (!missing) act.run(undefined)
  }
  return (
    <DialogForm
      act={host ? 'Save' : 'Add the host'}
      onSubmit={submit}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
    >
      <HostFields
        host={given}
        onChange={(next) => setGiven({ ...given, ...next })}
        problems={{ ...act.problems, ...(tried && missing && { name: hostNameMissing }) }}
      />
      <OwnerSelect
        of="host"
        value={given.teamId}
        onChange={(teamId) => setGiven({ ...given, teamId })}
        error={act.problems.teamId}
      />
      <Textarea
        label="What it is"
        description="What others should know of it: what it does, who may restart it."
        value={given.description}
        onChange={(event) => setGiven({ ...given, description: event.currentTarget.value })}
        error={act.problems.description}
      />
    </DialogForm>
  )
}

/** A new host, or a change to one. */
export const HostForm = ({ opened, onClose, host }: { opened: boolean; onClose: () => void; host?: Host }) => (
  <Dialog opened={opened} onClose={onClose} title={host ? `Change ${host.name}` : 'New host'}>
    <Form host={host} onClose={onClose} />
  </Dialog>
)
