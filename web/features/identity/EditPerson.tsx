import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useAct, useOpenedWith } from '../../parts/use-act.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { toast } from '../../ui/toast.ts'
import { ZoneSelect } from '../../ui/ZoneSelect.tsx'
import { peopleKeys, type User } from './data.ts'
import { RoleSelect } from './RoleSelect.tsx'

function Form({ user, onClose }: { user: User; onClose: () => void }) {
  const [name, setName] = useState(user.name)
  const [role, setRole] = useState(user.role)
  const [zone, setZone] = useState(user.zone)
  const opened = useOpenedWith(user)
  const act = useAct(() => api.identity.users.change({ id: user.id, name, role, zone }, opened), {
    fields: ['name', 'role', 'zone'],
    refresh: peopleKeys,
    done: (saved) => {
      toast(`${saved.name} is saved.`)
      onClose()
    },
  })
  return (
    <DialogForm
      act="Save"
      onSubmit={() => act.run(undefined)}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
      not={!name.trim() && 'A name is needed.'}
    >
      <TextInput
        label="Name"
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={act.problems.name}
      />
      <RoleSelect value={role} onChange={setRole} error={act.problems.role} />
      <ZoneSelect value={zone} onChange={setZone} error={act.problems.zone} />
    </DialogForm>
  )
}

/** Changes a person's name, role or zone; the mail address stays, because it is what they sign in with. */
export const EditPerson = ({ user, opened, onClose }: { user: User; opened: boolean; onClose: () => void }) => (
  <Dialog opened={opened} onClose={onClose} title={`Change ${user.name}`}>
    <Form user={user} onClose={onClose} />
  </Dialog>
)
