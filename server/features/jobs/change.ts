import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import type { PingFilters } from '../../../contract/jobs/filters.ts'
import { changeJobInput } from '../../../contract/jobs/inputs.ts'
import type { JobWaits } from '../../../contract/jobs/waits.ts'
import type { JobRules } from '../../../contract/jobs/words.ts'
import { actorRow } from '../../platform/access.ts'
import type { Context } from '../../platform/context.ts'
import { verb } from '../../platform/verb.ts'
import { requireOwnTeam, requireService } from '../monitors/index.ts'
import { jobChanged } from './events.ts'
import { expectFromNow, forgetFlips } from './expect.ts'
import { rereadFollowed } from './follow.ts'
import { lockJob, requireFreeSlug, requireSchedule } from './guard.ts'
import { heldTo } from './held-to.ts'
import { showJob } from './show.ts'
import { writeTags } from './tags.ts'
import { aboutJob, endAlerts, tellRow } from './tell.ts'
import { readWaits, writeWaits } from './waits.ts'

/** What decides when it is late: when it changes, what was missed before says nothing any more. */
const deciding = ['schedule', 'graceSeconds', 'maxRunSeconds', 'minGapSeconds', 'rules']

/** Changes the fields that are given. Giving a job to another team needs both teams to be the actor's own. */
export const changeJob = verb('job.change', {
  permission: 'job.write',
  input: changeJobInput,
  async run(ctx, given) {
    const isChanged = await changeFields(ctx, given)
    const shown = await showJob(ctx, given.id)
    return isChanged ? shown : ctx.unchanged(shown)
  },
})

/** The same of one of many, which nobody reads after it. Answers whether anything is another than before. Inner function. */
export const changeFields = async (
  ctx: Context,
  { id, ...given }: z.output<typeof changeJobInput>,
): Promise<boolean> => {
  const row = await lockJob(ctx, id, 'change')
  const stored: Fields = {
    name: row.name,
    slug: row.slug,
    description: row.description,
    serviceId: row.service_id,
    environment: row.environment,
    teamId: row.team_id,
    ...heldTo(row),
    waits: await readWaits(ctx.db, id),
  }
  const next = {
    ...stored,
    ...Object.fromEntries(Object.entries(given).filter(([, v]) => v !== undefined)),
  } as typeof stored
  const changed = (Object.keys(stored) as (keyof typeof stored)[]).filter((f) => !isDeepStrictEqual(stored[f], next[f]))
  if (changed.length === 0) return false
  if (changed.includes('teamId')) await requireOwnTeam(ctx, next.teamId)
  if (changed.includes('serviceId') || changed.includes('environment'))
    await requireService(ctx, next.serviceId, next.environment)
  if (changed.includes('schedule')) await requireSchedule(ctx, next.schedule, id)
  if (next.rules === 'own' && (changed.includes('slug') || changed.includes('rules') || changed.includes('teamId')))
    await requireFreeSlug(ctx, next.slug, next.teamId, id)
  const isNewRule = changed.some((f) => deciding.includes(f))
  await ctx.db
    .updateTable('jobs')
    .set((eb) => ({
      name: next.name,
      slug: next.slug,
      description: next.description,
      service_id: next.serviceId,
      environment: next.environment,
      team_id: next.teamId,
      schedule: JSON.stringify(next.schedule),
      grace_seconds: next.graceSeconds,
      max_run_seconds: next.maxRunSeconds,
      min_run_seconds: next.minRunSeconds,
      min_gap_seconds: next.minGapSeconds,
      failures_in_a_row: next.failuresInARow,
      rules: next.rules,
      tags: next.tags,
      filters: JSON.stringify(next.filters),
      resumes_by_hand: next.resumesByHand,
      pings_per_second: next.pingsPerSecond,
      tell_unusual: next.tellUnusual,
      updated_at: ctx.now(),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute()
  if (changed.includes('tags') || changed.includes('name')) await writeTags(ctx.db, [id])
  if (changed.includes('waits')) await writeWaits(ctx, [{ id, waits: next.waits }])
  // After it, no change of the old rule can come any more.
  if (isNewRule) await expectFromNow(ctx, [id], 'changed')
  if (isNewRule) await endOldRule(ctx, id)
  if (changed.includes('schedule')) await rereadFollowed(ctx, [stored.schedule, next.schedule])
  if (stored.tellUnusual && !next.tellUnusual) await endUnusual(ctx, id)
  const pick = (from: typeof stored) => Object.fromEntries(changed.map((f) => [f, from[f]]))
  ctx.record(jobChanged, {
    ...aboutJob({ id, serviceId: next.serviceId }),
    team: next.teamId,
    data: { name: stored.name, before: pick(stored), after: pick(next) },
  })
  return true
}

const endOldRule = async (ctx: Context, id: string): Promise<void> => {
  const told = await tellRow(ctx, id)
  if (!told) return
  const who = actorRow(ctx.actor).name
  await forgetFlips(ctx, id, ['miss', 'long', 'often', 'unheard'])
  await endAlerts(ctx, told, ['miss', 'long', 'often'], `${who} changed when ${told.name} is expected`)
}

const endUnusual = async (ctx: Context, id: string): Promise<void> => {
  const told = await tellRow(ctx, id)
  if (told) await endAlerts(ctx, told, ['unusual'], `Nobody is told of unusual runs of ${told.name} any more`)
}

type Fields = {
  name: string
  slug: string
  description: string
  serviceId: string | null
  environment: string
  teamId: string | null
  schedule: Awaited<ReturnType<typeof lockJob>>['schedule']
  graceSeconds: number
  maxRunSeconds: number | null
  minRunSeconds: number | null
  minGapSeconds: number | null
  failuresInARow: number
  rules: JobRules
  tags: string[]
  filters: PingFilters
  resumesByHand: boolean
  pingsPerSecond: number
  tellUnusual: boolean
  waits: JobWaits | null
}
