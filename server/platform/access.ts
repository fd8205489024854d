import { type Permission, permissions, type Role, type Rows, seesInternal } from '../../contract/permissions.ts'
import { AppError } from './errors.ts'

/** Who does it. Every event has one. */
export type Actor =
  | {
      kind: 'user'
      id: string
      name: string
      role: Role
      teams: { id: string; role: 'responder' | 'lead' }[]
      /** The one that asks. */
      session?: string
    }
  | { kind: 'key'; id: string; name: string; scopes: string[] }
  | { kind: 'source'; id: string; name: string }
  | { kind: 'link'; id: string; userId: string; name: string; verb: string; input: unknown; readable: string[] }
  | { kind: 'system'; name: string }
  | { kind: 'nobody' }

/**
 * Which rows the actor may touch under the permission that was checked. `own`: rows of `userId`. `team`: rows of
 * `teamIds`, and own ones. `ids`: just these references (a signed link). `internal`: may see internal columns.
 */
export type Scope = { rows: Rows | 'ids'; userId: string | null; teamIds: string[]; ids: string[]; internal: boolean }

export const system: Actor = { kind: 'system', name: 'Watchfloor' }
export const nobody: Actor = { kind: 'nobody' }

const everything: Scope = { rows: 'all', userId: null, teamIds: [], ids: [], internal: true }

/** The row scope that the table gives this actor for this permission, or null when it gives none. */
export const scopeFor = (actor: Actor, permission: Permission): Scope | null => {
  if (actor.kind === 'system' || actor.kind === 'source') return everything
  if (actor.kind === 'key') return keyCovers(actor.scopes, permission) ? everything : null
  if (actor.kind === 'link') {
    return actor.readable.length > 0 && permission.endsWith('.read')
      ? { rows: 'ids', userId: actor.userId, teamIds: [], ids: actor.readable, internal: true }
      : null
  }
  if (actor.kind === 'user') return userScope(actor, permission)
  return null
}

const userScope = (actor: Extract<Actor, { kind: 'user' }>, permission: Permission): Scope | null => {
  const row: Partial<Record<Role, Rows>> = permissions[permission]
  const global = row[actor.role]
  const inTeams = actor.teams.filter((t) => global === 'team' || row[t.role] === 'team')
  const base = {
    userId: actor.id,
    teamIds: inTeams.map((t) => t.id),
    ids: [],
    internal: seesInternal(actor.role) || actor.teams.length > 0,
  }
  if (global === 'all' || actor.teams.some((t) => row[t.role] === 'all')) return { ...base, rows: 'all' }
  if (inTeams.length > 0) return { ...base, rows: 'team' }
  if (global === 'own' || actor.teams.some((t) => row[t.role] === 'own')) return { ...base, rows: 'own' }
  return global === 'team' ? { ...base, rows: 'team' } : null
}

const keyCovers = (scopes: string[], permission: Permission) =>
  scopes.some((s) => s === '*' || s === permission || (s.endsWith('.*') && permission.startsWith(s.slice(0, -1))))

export const requireScope = (actor: Actor, permission: Permission | 'system'): Scope => {
  if (permission === 'system') {
    if (actor.kind === 'system' || actor.kind === 'source') return everything
    throw new AppError('forbidden', 'Only Watchfloor itself does this.')
  }
  const scope = scopeFor(actor, permission)
  if (scope) return scope
  if (actor.kind === 'nobody')
    throw new AppError('unauthenticated', 'Sign in, or send a key as "Authorization: Bearer …".')
  if (actor.kind === 'key')
    throw new AppError(
      'forbidden',
      `This key lacks the scope ${permission}. Ask an administrator for a key that has it.`,
    )
  throw new AppError('forbidden', `Your role does not allow this (${permission}). Ask a lead or an administrator.`)
}

/** Verbs a signed link may run are named in it; the platform checks the name, and the input is the link's own. */
export const linkScope = (actor: Extract<Actor, { kind: 'link' }>): Scope => ({
  rows: 'ids',
  userId: actor.userId,
  teamIds: [],
  ids: actor.readable,
  internal: true,
})

/** How an actor stands in an event. */
export const actorRow = (actor: Actor): { kind: string; id: string | null; name: string } => {
  if (actor.kind === 'link') return { kind: 'user', id: actor.userId, name: actor.name }
  if (actor.kind === 'nobody') return { kind: 'nobody', id: null, name: 'Nobody' }
  return { kind: actor.kind, id: actor.kind === 'system' ? null : actor.id, name: actor.name }
}

/** The user behind the actor, if there is one. */
export const userOf = (actor: Actor): string | null =>
  actor.kind === 'user' ? actor.id : actor.kind === 'link' ? actor.userId : null
