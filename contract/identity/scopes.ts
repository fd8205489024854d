import { z } from 'zod'
import { type Permission, permissions } from '../permissions.ts'

/**
 * What a key may do: a permission (`ticket.read`), all of a feature (`ticket.*`), or everything (`*`). The names are
 * those of the permissions table.
 */
export const isScope = (scope: string): boolean =>
  scope === '*' ||
  Object.hasOwn(permissions, scope) ||
  (scope.endsWith('.*') && Object.keys(permissions).some((p) => p.startsWith(scope.slice(0, -1))))

export const scope = z
  .string()
  .max(100)
  .refine(isScope, 'is no scope; scopes are a permission such as ticket.read, all of a kind such as ticket.*, or *')

export const permissionNames = Object.keys(permissions) as Permission[]

/** Does what is held cover what is wanted? `ticket.*` covers `ticket.read` and itself; only `*` covers `*`. */
export const covers = (held: readonly string[], wanted: string): boolean =>
  held.some((h) => h === '*' || h === wanted || (h.endsWith('.*') && wanted.startsWith(h.slice(0, -1))))
