import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import { onCallListInput } from '../../../contract/oncall/schedule.ts'
import type { Instant } from '../../platform/clock.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import { containing } from '../../platform/db/like.ts'
import type { Db } from '../../platform/db/pool.ts'
import type { EscalationPolicies } from '../../platform/db/schema.gen.ts'
import { AppError } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { userNames } from '../identity/index.ts'
import { loadSchedules } from './load.ts'
import type { Step } from './steps.ts'
import { onCallAt } from './timeline.ts'

type PolicyRow = Selectable<EscalationPolicies>

export const listPolicies = query('policy.list', {
  permission: 'schedule.read',
  input: onCallListInput,
  async run(ctx, input) {
    const after = input.cursor ? readCursor(input.cursor, z.tuple([z.string(), z.uuid()])) : null
    let wanted = ctx.db
      .selectFrom('escalation_policies')
      .selectAll()
      .where('archived_at', 'is', null)
      .orderBy('name')
      .orderBy('id')
      .limit(input.limit + 1)
    if (input.q) wanted = wanted.where('name', 'ilike', containing(input.q))
    if (after) wanted = wanted.where(sql<boolean>`(name, id) > (${after[0]}, ${after[1]}::uuid)`)
    const page = toPage(await wanted.execute(), input.limit, (r) => [r.name, r.id])
    return { next: page.next, items: await views(ctx.db, page.items, ctx.now()) }
  },
})

export const showPolicy = query('policy.get', {
  permission: 'schedule.read',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const row = await ctx.db.selectFrom('escalation_policies').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row) throw new AppError('not_found', 'There is no such policy.')
    return showPolicyRow(ctx.db, row, ctx.now())
  },
})

/** A policy that pages may go by. */
export const findPolicy = async (db: Db, id: string): Promise<{ id: string; name: string } | null> =>
  (await db
    .selectFrom('escalation_policies')
    .select(['id', 'name'])
    .where('id', '=', id)
    .where('archived_at', 'is', null)
    .executeTakeFirst()) ?? null

export const showPolicyRow = async (db: Db, row: PolicyRow, now: Instant) => {
  const [view] = await views(db, [row], now)
  if (!view) throw new Error('A policy has no view.')
  return view
}

const idsOf = (steps: readonly Step[], kind: string) => [
  ...new Set(steps.flatMap((s) => s.targets.filter((t) => t.kind === kind).map((t) => t.id))),
]

/** Names of what steps turn to, by id; one that does not exist is missing. */
export const namesOfTargets = async (db: Db, steps: readonly Step[]): Promise<Map<string, string>> => {
  const names = await userNames(db, idsOf(steps, 'user'))
  const teams = idsOf(steps, 'team')
  const schedules = idsOf(steps, 'schedule')
  if (teams.length > 0)
    for (const t of await db.selectFrom('teams').select(['id', 'name']).where('id', 'in', teams).execute())
      names.set(t.id, t.name)
  if (schedules.length > 0)
    for (const s of await db.selectFrom('schedules').select(['id', 'name']).where('id', 'in', schedules).execute())
      names.set(s.id, s.name)
  return names
}

const views = async (db: Db, rows: PolicyRow[], now: Instant) => {
  if (rows.length === 0) return []
  const steps = rows.flatMap((r) => r.steps as Step[])
  const names = await namesOfTargets(db, steps)
  const onCall = new Map(
    (await loadSchedules(db, idsOf(steps, 'schedule'), now)).map(({ row, schedule }) => [
      row.id,
      onCallAt(schedule, now).map((s) => s.userId),
    ]),
  )
  const people = await userNames(db, [...onCall.values()].flat())
  const services = await db
    .selectFrom('service_policies as p')
    .innerJoin('services as s', 's.id', 'p.service_id')
    .select(['p.policy_id', 's.id', 's.name'])
    .where(
      'p.policy_id',
      'in',
      rows.map((r) => r.id),
    )
    .orderBy('s.name')
    .execute()
  const teamNames = await namesOfTargets(db, [
    { delayMinutes: 0, targets: rows.flatMap((r) => (r.team_id ? [{ kind: 'team' as const, id: r.team_id }] : [])) },
  ])
  return rows.map((r) => ({
    id: r.id,
    slug: r.slug,
    name: r.name,
    team: r.team_id ? { id: r.team_id, name: teamNames.get(r.team_id) ?? '' } : null,
    steps: (r.steps as Step[]).map((s) => ({
      delayMinutes: s.delayMinutes,
      targets: s.targets.map((t) => ({
        ...t,
        name: names.get(t.id) ?? 'gone',
        now: t.kind === 'schedule' ? (onCall.get(t.id) ?? []).map((u) => people.get(u) ?? '') : [],
      })),
    })),
    repeats: r.repeats,
    ackTimeoutMinutes: r.ack_timeout_minutes,
    services: services.filter((s) => s.policy_id === r.id).map(({ id, name }) => ({ id, name })),
    version: r.version,
  }))
}
