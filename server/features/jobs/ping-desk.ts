import { sql } from 'kysely'
import type { z } from 'zod'
import type { createJobInput } from '../../../contract/jobs/inputs.ts'
import type { JobHold } from '../../../contract/jobs/waits.ts'
import type { Actor } from '../../platform/access.ts'
import { sha256 } from '../../platform/crypto.ts'
import type { Platform } from '../../platform/platform.ts'
import { remembering } from '../../platform/remembering.ts'
import { execute } from '../../platform/verb.ts'
import { changeJob } from './change.ts'
import { tellGlobals } from './globals.ts'
import { jobForPing } from './job-for-ping.ts'
import { type HoldNow, isNews, tellHold } from './origins/tell-holds.ts'

/** What a job that was imported is known by in its scheduler. */
export type Origin = { kind: string; externalId: string }

export type PingTeam = { id: string; name: string }

/** When a job is expected, as its sender says. What is left out is left as it is. */
export type HeldTo = Partial<Pick<z.input<typeof createJobInput>, 'schedule' | 'graceSeconds' | 'maxRunSeconds'>>

/**
 * What a scheduler, `by` name, says of whether it starts a job. `over`: only where it is one of these now. `at`, epoch
 * milliseconds: what was said later stays, for lines of a log may be sent again.
 */
export type ToldHold = { by: string; hold: JobHold; over?: JobHold[]; at?: number }

/** What a variable of a scheduler is from then on, by the names that conditions may have for it; null: it is gone. */
export type ToldGlobal = { names: string[]; value: string | null; at?: number }

/** What a job is that is made for its first ping. */
export type NewJob = Required<HeldTo> & Pick<z.input<typeof createJobInput>, 'rules'>

/** As `create=1` makes a check of healthchecks. */
export const likeHealthchecks: NewJob = {
  schedule: { kind: 'period', seconds: 86_400 },
  graceSeconds: 3_600,
  maxRunSeconds: null,
  rules: 'healthchecks',
}

/** Whose a ping is. `created`: the job was made for it. */
export type Meant = { jobId: string; created: boolean } | 'unknown' | 'ambiguous'

/** Finds the job of a ping by slug: the key says the team. With `make` a slug that is not known yet becomes such a job. */
export const createPingDesk = (platform: Platform) => {
  const { db } = platform
  const teams = remembering(
    platform,
    async (hash): Promise<PingTeam | null> => {
      const { rows } = await sql<PingTeam>`
      select t.id, t.name from ping_keys k join teams t on t.id = k.team_id where k.ping_hash = ${hash}`.execute(db)
      return rows[0] ?? null
    },
    (team) => team === null,
  )
  const slugs = remembering(
    platform,
    async (name): Promise<string[]> => {
      const [teamId, slug] = name.split(' ')
      const { rows } = await sql<{ id: string }>`
      select id from jobs where slug = ${slug} and team_id = ${teamId} and archived_at is null limit 2`.execute(db)
      return rows.map((r) => r.id)
    },
    (ids) => ids.length === 0,
  )
  const imported = remembering(
    platform,
    async (said): Promise<string | null> => {
      const [teamId, kind, externalId] = JSON.parse(said) as [string, string, string]
      const { rows } = await sql<{ id: string }>`
      select j.id from job_origins o join jobs j on j.id = o.job_id
      where o.kind = ${kind} and o.external_id = ${externalId} and j.team_id = ${teamId} and j.archived_at is null`.execute(
        db,
      )
      return rows[0]?.id ?? null
    },
    (id) => id === null,
  )
  const isJob = async (id: string): Promise<boolean> => {
    const { rows } = await sql`select 1 from jobs where id = ${id} and archived_at is null`.execute(db)
    return rows.length > 0
  }
  const actorOf = (team: PingTeam): Actor => ({
    kind: 'key',
    id: team.id,
    name: `The ping key of ${team.name}`,
    scopes: ['job.write'],
  })
  /** Once it is so, it need not be asked again for a while. */
  const held = remembering(platform, async (said): Promise<void> => {
    const { team, jobId, to } = JSON.parse(said) as { team: PingTeam; jobId: string; to: HeldTo }
    await execute(platform, changeJob, { actor: actorOf(team), input: { id: jobId, ...to } })
  })
  return {
    isJob,
    /** Whose key it is; null: nobody's. */
    teamOf: (key: string): Promise<PingTeam | null> =>
      key.length > 200 ? Promise.resolve(null) : teams.ask(sha256(key)),
    /** By what its scheduler calls it; null: none of this team was imported so. */
    importedJob: (team: PingTeam, { kind, externalId }: Origin): Promise<string | null> =>
      imported.ask(JSON.stringify([team.id, kind, externalId])),
    async jobOf(team: PingTeam, slug: string, make: NewJob | null): Promise<Meant> {
      const name = `${team.id} ${slug}`
      const [id, another] = await slugs.ask(name)
      if (another) return 'ambiguous'
      if (id) return { jobId: id, created: false }
      if (!make) return 'unknown'
      const input = { teamId: team.id, slug, job: make }
      const made = await execute(platform, jobForPing, { actor: actorOf(team), input })
      slugs.forget(name)
      return made
    },
    /** Of every line there is one: only what is another hold than before is written. */
    async tellHold(team: PingTeam, jobId: string, told: ToldHold): Promise<void> {
      const { rows } = await sql<HoldNow>`
        select w.hold, j.hold_told_at as "toldAt" from jobs j left join job_waits w on w.job_id = j.id
        where j.id = ${jobId}`.execute(db)
      if (rows[0] && isNews(told, rows[0]))
        await execute(platform, tellHold, { actor: actorOf(team), input: { id: jobId, ...told } })
    },
    /** Takes over what variables are. Answers for how many of them jobs of the team wait. */
    tellGlobals: (team: PingTeam, told: ToldGlobal[]): Promise<number> =>
      execute(platform, tellGlobals, { actor: actorOf(team), input: { teamId: team.id, told } }),
    /** Changes nothing where it is so already. */
    holdTo: (team: PingTeam, jobId: string, to: HeldTo): Promise<void> => held.ask(JSON.stringify({ team, jobId, to })),
  }
}
