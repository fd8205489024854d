import { Select } from '@mantine/core'
import { useState } from 'react'
import type { TeamRole } from '../../../contract/identity/users.ts'
import { api } from '../../api.ts'
import { type Person, PersonSelect } from '../../parts/PersonSelect.tsx'
import { useAct } from '../../parts/use-act.ts'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { findByTyping } from '../../ui/find-by-typing.ts'
import { toast } from '../../ui/toast.ts'
import { counted, peopleKeys, useTeams } from './data.ts'

export const TeamRoleSelect = ({ value, onChange }: { value: TeamRole; onChange: (role: TeamRole) => void }) => (
  <Select
    label="Role in the team"
    description={
      value === 'lead'
        ? 'Changes the team, its schedules, policies and services.'
        : 'Works in its queue and is on call.'
    }
    data={[
      { value: 'responder', label: 'responder' },
      { value: 'lead', label: 'lead' },
    ]}
    value={value}
    onChange={(next) => next && onChange(next as TeamRole)}
  />
)

/** Puts a person, found by name, into a given team. */
export function AddMember({
  team,
  without,
  onClose,
}: {
  team: { id: string; name: string }
  without: readonly string[]
  onClose: () => void
}) {
  const [person, setPerson] = useState<Person | null>(null)
  const [role, setRole] = useState<TeamRole>('responder')
  const [tried, setTried] = useState(false)
  const act = useAct((userId: string) => api.identity.teams.setMember({ id: team.id, userId, role }), {
    fields: ['userId'],
    refresh: peopleKeys,
    done: () => {
      toast(`${person?.name} is in ${team.name} now.`)
      onClose()
    },
  })
  const submit = () => {
    setTried(true)
    if (person) act.run(person.id)
  }
  return (
    <DialogForm act="Put into the team" onSubmit={submit} onClose={onClose} busy={act.busy} failed={act.failed}>
      <PersonSelect
        label="Person"
        autoFocus
        value={person}
        onChange={setPerson}
        without={without}
        error={(tried && !person ? 'Choose a person.' : undefined) ?? act.problems.userId}
      />
      <TeamRoleSelect value={role} onChange={setRole} />
    </DialogForm>
  )
}

/** Puts given people into a team that is chosen. */
export function PutIntoTeam({
  people,
  onClose,
  onDone,
}: {
  people: readonly { id: string; name: string }[]
  onClose: () => void
  onDone: () => void
}) {
  const teams = useTeams()
  const [team, setTeam] = useState<string | null>(null)
  const [role, setRole] = useState<TeamRole>('responder')
  const [tried, setTried] = useState(false)
  const named = people.length === 1 ? (people[0]?.name ?? '') : counted(people.length, 'person', 'people')
  const act = useAct(
    async (id: string) => {
      // One after the other: they all change the same team.
      for (const { id: userId } of people) await api.identity.teams.setMember({ id, userId, role })
    },
    {
      fields: ['id'],
      refresh: peopleKeys,
      done: (_, id) => {
        toast(`${named} put into ${teams.data?.items.find((one) => one.id === id)?.name ?? 'the team'}.`)
        onDone()
      },
    },
  )
  const submit = () => {
    setTried(true)
    if (team) act.run(team)
  }
  return (
    <DialogForm act="Put into the team" onSubmit={submit} onClose={onClose} busy={act.busy} failed={act.failed}>
      <Select
        label="Team"
        data-autofocus
        {...findByTyping}
        data={teams.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        value={team}
        onChange={setTeam}
        error={(tried && !team ? 'Choose a team.' : undefined) ?? act.problems.id}
      />
      <TeamRoleSelect value={role} onChange={setRole} />
    </DialogForm>
  )
}
