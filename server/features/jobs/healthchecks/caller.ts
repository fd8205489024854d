import { sql } from 'kysely'
import { type Actor, scopeFor } from '../../../platform/access.ts'
import { sha256 } from '../../../platform/crypto.ts'
import type { Platform } from '../../../platform/platform.ts'
import { readKeyActor } from '../../identity/index.ts'

/** Who uses the API of healthchecks: a key of a team, for its jobs, or a key of Watchfloor, for all that it covers. */
export type Caller = {
  actor: Actor
  /** null: of every team. */
  team: { id: string; badgeKey: string } | null
  writes: boolean
}

/** Upstream's own look-up compares keys of just this length. */
const LENGTH = 32

type Row = { id: string; name: string; badgeKey: string; writes: boolean }

/** Null for a key that opens nothing. */
export const callerOf = async (platform: Platform, key: string): Promise<Caller | null> => {
  const hash = sha256(key)
  const { rows } = await sql<Row>`
    select t.id, t.name, k.badge_key as "badgeKey", k.write_hash is not distinct from ${hash} as writes
    from ping_keys k join teams t on t.id = k.team_id where k.write_hash = ${hash} or k.read_hash = ${hash}`.execute(
    platform.db,
  )
  const [row] = rows
  if (row) {
    const { id, name, badgeKey, writes } = row
    const scopes = writes ? ['job.read', 'job.write'] : ['job.read']
    const words = `The ${writes ? '' : 'read-only '}API key of ${name} for healthchecks`
    return { actor: { kind: 'key', id, name: words, scopes }, team: { id, badgeKey }, writes }
  }
  if (key.length !== LENGTH && !key.startsWith('wf_')) return null
  const actor = await readKeyActor(platform, key).catch(() => null)
  // What it may do here is what it may do anywhere; who only reads is shown no address of a ping.
  if (!actor || !scopeFor(actor, 'job.read')) return null
  return { actor, team: null, writes: scopeFor(actor, 'job.write') !== null }
}
