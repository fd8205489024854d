import { type Permission, permissions, type Role, type Rows } from '../../contract/permissions.ts'
import { type Me, useMe } from './frame-data.ts'

/**
 * Whether this person may do it to what belongs to a team, by the permissions table: everything, or what belongs to a
 * team where the role (there, or in the house) says so. What belongs to no team is for those who may touch all.
 */
export const mayFor = (me: Me | undefined, permission: Permission, teamId: string | null): boolean => {
  const rows = me?.may[permission]
  if (rows !== 'team') return rows === 'all'
  const row: Partial<Record<Role, Rows>> = permissions[permission]
  const inHouse = me?.role !== undefined && row[me.role] === 'team'
  return (
    me?.teams.some(({ id, role }) => id === teamId && (inHouse || (role !== undefined && row[role] === 'team'))) ??
    false
  )
}

export const useMayFor = (permission: Permission, teamId: string | null): boolean =>
  mayFor(useMe().data, permission, teamId)
