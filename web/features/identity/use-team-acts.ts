import { api } from '../../api.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { toast } from '../../ui/toast.ts'
import { peopleKeys, type Team as TeamOf } from './data.ts'
import { type Member, otherRole } from './Members.tsx'

/** Changes of membership, each of which can be taken back. */
export const useMembership = (team: TeamOf) => {
  const refresh = useRefresh(peopleKeys)
  const put = async ({ id: userId, role }: Pick<Member, 'id' | 'role'>) => {
    await api.identity.teams.setMember({ id: team.id, userId, role })
    await refresh()
  }
  const role = useAct((member: Member) => put({ ...member, role: otherRole(member) }), {
    done: (_, member) =>
      toast(`${member.name} is ${otherRole(member)} of ${team.name} now.`, { undo: () => put(member) }),
  })
  const remove = useAct((member: Member) => api.identity.teams.removeMember({ id: team.id, userId: member.id }), {
    refresh: peopleKeys,
    done: (_, member) => toast(`${member.name} is no longer in ${team.name}.`, { undo: () => put(member) }),
  })
  return { role, remove }
}

/** Archiving and its contrary. */
export const useArchival = (team: TeamOf) => {
  const refresh = useRefresh(peopleKeys)
  const restore = useAct(() => api.identity.teams.restore({ id: team.id }), {
    refresh: peopleKeys,
    done: () => toast(`${team.name} is in use again.`),
  })
  const archive = useAct(() => api.identity.teams.archive({ id: team.id }), {
    refresh: peopleKeys,
    done: () =>
      toast(`${team.name} is archived. Membership in it grants nothing any more.`, {
        undo: async () => {
          await api.identity.teams.restore({ id: team.id })
          await refresh()
        },
      }),
  })
  return team.archived ? { label: 'Restore', act: restore } : { label: 'Archive', act: archive }
}
