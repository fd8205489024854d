import { sql } from 'kysely'
import type { Actor } from '../../platform/access.ts'
import { sha256 } from '../../platform/crypto.ts'
import type { Platform } from '../../platform/platform.ts'
import { execute } from '../../platform/verb.ts'
import { jobForPing } from './job-for-ping.ts'

const REMEMBERED_MS = 3_000
const MOST_REMEMBERED = 100_000

export type PingTeam = { id: string; name: string }

/** Whose a ping is. `created`: the job was made for it. */
export type Meant = { jobId: string; created: boolean } | 'unknown' | 'ambiguous'

/** Answers that are remembered for three seconds, so that a burst costs no look-up each. */
const remembering = <T>(lookUp: (key: string) => Promise<T>) => {
  const known = new Map<string, { at: number; found: Promise<T> }>()
  const ask = (key: string): Promise<T> => {
    const before = known.get(key)
    const now = performance.now()
    if (before && now - before.at < REMEMBERED_MS) return before.found
    if (known.size >= MOST_REMEMBERED) known.clear()
    const found = lookUp(key)
    known.set(key, { at: now, found })
    found.catch(() => known.delete(key))
    return found
  }
  return { ask, forget: (key: string) => void known.delete(key) }
}

/** Finds the job of a ping by slug: the key says the team. With `create` a slug that is not known yet becomes a job. */
export const createPingDesk = (platform: Platform) => {
  const { db } = platform
  const teams = remembering(async (hash): Promise<PingTeam | null> => {
    const { rows } = await sql<PingTeam>`
      select t.id, t.name from ping_keys k join teams t on t.id = k.team_id where k.ping_hash = ${hash}`.execute(db)
    return rows[0] ?? null
  })
  const slugs = remembering(async (name): Promise<string[]> => {
    const [teamId, slug] = name.split(' ')
    const { rows } = await sql<{ id: string }>`
      select id from jobs where slug = ${slug} and team_id = ${teamId} and archived_at is null limit 2`.execute(db)
    return rows.map((r) => r.id)
  })
  return {
    /** Whose key it is; null: nobody's. */
    teamOf: (key: string): Promise<PingTeam | null> =>
      key.length > 200 ? Promise.resolve(null) : teams.ask(sha256(key)),
    async jobOf(team: PingTeam, slug: string, create: boolean): Promise<Meant> {
      const name = `${team.id} ${slug}`
      const [id, another] = await slugs.ask(name)
      if (another) return 'ambiguous'
      if (id) return { jobId: id, created: false }
      if (!create) return 'unknown'
      const actor: Actor = { kind: 'key', id: team.id, name: `The ping key of ${team.name}`, scopes: ['job.write'] }
      const made = await execute(platform, jobForPing, { actor, input: { teamId: team.id, slug } })
      slugs.forget(name)
      return made
    },
  }
}
