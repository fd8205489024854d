import type { Permission, Rows } from '../../../contract/permissions.ts'

type Who = { teams: readonly { id: string; name: string }[]; may: Partial<Record<Permission, Rows>> }

/** Why somebody may not change a silence or a maintenance window; undefined when he may. */
export const whyNotHold = (
  hold: { team: { id: string; name: string } | null },
  me: Who | undefined,
): string | undefined => {
  const rows = me?.may['silence.write']
  if (rows === 'all') return undefined
  if (rows === undefined) return 'You may only read this. A responder of its team may change it.'
  if (hold.team === null) return 'It covers all teams, so only an administrator may change it.'
  return me?.teams.some(({ id }) => id === hold.team?.id)
    ? undefined
    : `It belongs to ${hold.team.name}; they may change it.`
}
