import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Role } from '../../../contract/permissions.ts'
import { api } from '../../api.ts'
import { useMe } from '../../parts/frame-data.ts'
import { useAct } from '../../parts/use-act.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { findByTyping } from '../../ui/find-by-typing.ts'
import { localZone } from '../../ui/time.ts'
import { toastError } from '../../ui/toast.ts'
import { ZoneSelect } from '../../ui/ZoneSelect.tsx'
import { peopleKeys, useTeams } from './data.ts'
import styles from './identity.module.css'
import { LinkOnce } from './LinkOnce.tsx'
import { RoleSelect } from './RoleSelect.tsx'

type Given = { name: string; email: string; role: Role; zone: string; team: string | null }

const invite = async ({ team, ...person }: Given) => {
  const made = await api.identity.users.create(person)
  // The person is there already, and the link must be seen, whatever becomes of the team.
  if (team)
    await api.identity.teams
      .setMember({ id: team, userId: made.id, role: person.role === 'lead' ? 'lead' : 'responder' })
      .catch(toastError)
  return made
}

function InviteForm({ onClose }: { onClose: () => void }) {
  const me = useMe()
  const teams = useTeams()
  const [given, set] = useState<Given>({
    name: '',
    email: '',
    role: 'responder',
    zone: me.data?.zone ?? localZone(),
    team: null,
  })
  const [tried, setTried] = useState(false)
  const act = useAct(invite, { fields: ['name', 'email', 'role', 'zone'], refresh: peopleKeys })
  const missing = {
    name: given.name.trim() ? undefined : 'A name is needed, as colleagues know it.',
    email: /.@./.test(given.email) ? undefined : 'A mail address is needed, such as ana@example.com.',
  }
  if (act.output)
    return <LinkOnce name={act.output.name} email={act.output.email} link={act.output.invitation} onClose={onClose} />
  const submit = () => {
    setTried(true)
    if (!missing.name && !missing.email) act.run(given)
  }
  return (
    <DialogForm act="Invite" onSubmit={submit} onClose={onClose} busy={act.busy} failed={act.failed}>
      <TextInput
        label="Name"
        data-autofocus
        value={given.name}
        onChange={(event) => set({ ...given, name: event.currentTarget.value })}
        error={(tried ? missing.name : undefined) ?? act.problems.name}
      />
      <TextInput
        label="Mail address"
        type="email"
        value={given.email}
        onChange={(event) => set({ ...given, email: event.currentTarget.value })}
        error={(tried ? missing.email : undefined) ?? act.problems.email}
      />
      <RoleSelect value={given.role} onChange={(role) => set({ ...given, role })} error={act.problems.role} />
      <div className={styles.pair}>
        <Select
          label="Team"
          placeholder="none yet"
          clearable
          {...findByTyping}
          data={teams.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          value={given.team}
          onChange={(team) => set({ ...given, team })}
        />
        <ZoneSelect value={given.zone} onChange={(zone) => set({ ...given, zone })} error={act.problems.zone} />
      </div>
    </DialogForm>
  )
}

/** Invites a person; what comes out is a link, shown once. */
export const InvitePerson = ({ opened, onClose }: { opened: boolean; onClose: () => void }) => (
  <Dialog opened={opened} onClose={onClose} title="Invite a person">
    <InviteForm onClose={onClose} />
  </Dialog>
)
