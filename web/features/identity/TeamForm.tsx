import { Select, Textarea, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useMe } from '../../parts/frame-data.ts'
import { useAct, useOpenedWith } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { localZone } from '../../ui/time.ts'
import { toast } from '../../ui/toast.ts'
import { ZoneSelect } from '../../ui/ZoneSelect.tsx'
import { kindWords, peopleKeys, type Team, type TeamKind } from './data.ts'
import styles from './identity.module.css'

const fields = ['name', 'slug', 'kind', 'zone', 'description'] as const

function Form({ team, onClose }: { team: Team | undefined; onClose: () => void }) {
  const me = useMe()
  const navigate = useNavigate()
  const [given, set] = useState({
    name: team?.name ?? '',
    kind: team?.kind ?? ('l2' as TeamKind),
    zone: team?.zone ?? me.data?.zone ?? localZone(),
    description: team?.description ?? '',
  })
  const opened = useOpenedWith(team)
  const [tried, setTried] = useState(false)
  const missing = given.name.trim() ? undefined : 'A name is needed, such as L2 Markets support.'
  const act = useAct(
    () => (team ? api.identity.teams.change({ id: team.id, ...given }, opened) : api.identity.teams.create(given)),
    {
      fields,
      refresh: peopleKeys,
      done: (saved) => {
        onClose()
        if (team) return void toast(`${saved.name} is saved.`)
        toast(`${saved.name} is made. Its members come next.`)
        void navigate({ to: paths.team(saved.id) })
      },
    },
  )
  const submit = () => {
    setTried(true)
    if (!missing) act.run(undefined)
  }
  return (
    <DialogForm
      act={team ? 'Save' : 'Add the team'}
      onSubmit={submit}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
    >
      <TextInput
        label="Name"
        data-autofocus
        value={given.name}
        onChange={(event) => set({ ...given, name: event.currentTarget.value })}
        error={(tried ? missing : undefined) ?? act.problems.name ?? act.problems.slug}
      />
      <div className={styles.pair}>
        <Select
          label="Kind"
          data={Object.entries(kindWords).map(([value, label]) => ({ value, label }))}
          value={given.kind}
          onChange={(kind) => kind && set({ ...given, kind: kind as TeamKind })}
          error={act.problems.kind}
        />
        <ZoneSelect value={given.zone} onChange={(zone) => set({ ...given, zone })} error={act.problems.zone} />
      </div>
      <Textarea
        label="What it does"
        description="So that others know what to pass on to it."
        value={given.description}
        onChange={(event) => set({ ...given, description: event.currentTarget.value })}
        error={act.problems.description}
      />
    </DialogForm>
  )
}

/** A new team, or a change to one. */
export const TeamForm = ({ opened, onClose, team }: { opened: boolean; onClose: () => void; team?: Team }) => (
  <Dialog opened={opened} onClose={onClose} title={team ? `Change ${team.name}` : 'New team'}>
    <Form team={team} onClose={onClose} />
  </Dialog>
)
