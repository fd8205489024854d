import { sql } from 'kysely'
import { z } from 'zod'
import { defaultRules, type HierarchyRule, setRulesInput, teamRulesInput } from '../../../../contract/desk/index.ts'
import { scopeFor } from '../../../platform/access.ts'
import type { Context, ReadContext } from '../../../platform/context.ts'
import { AppError, notFound } from '../../../platform/errors.ts'
import { ref } from '../../../platform/events.ts'
import { query } from '../../../platform/query.ts'
import { verb } from '../../../platform/verb.ts'
import { covers, requireNewTeam, requireTeamOf } from '../macros/guard.ts'
import { findWorker, teamOf } from '../people.ts'
import { hierarchyRulesRemoved, hierarchyRulesSet } from './events.ts'
import { replan } from './replan.ts'

type Row = {
  id: string | null
  name: string | null
  managers: string[] | null
  rules: HierarchyRule[] | null
  version: number | null
}

/** When leads and managers are told, for all and for each team. */
export const readHierarchy = query('hierarchy.read', {
  permission: 'hierarchy.read',
  input: z.object({}),
  async run(ctx) {
    const { rows } = await sql<Row>`
      select null::uuid as id, null as name, r.managers, r.rules, r.version
      from (select 1) one left join hierarchy_rules r on r.team_id is null
      union all
      (select t.id, t.name, r.managers, r.rules, r.version from teams t left join hierarchy_rules r on r.team_id = t.id
      where t.archived_at is null order by t.name limit 200)`.execute(ctx.db)
    const forAll = rows.find((r) => r.id === null)
    const names = await namesOf(
      ctx,
      rows.flatMap((r) => r.managers ?? []),
    )
    const scope = scopeFor(ctx.actor, 'hierarchy.write')
    return {
      items: rows.map((r) => ({
        team: r.id === null ? null : { id: r.id, name: r.name ?? '' },
        managers: (r.managers ?? []).map((id) => ({ id, name: names.get(id) ?? '' })),
        rules: r.rules ?? forAll?.rules ?? [...defaultRules],
        own: r.rules !== null,
        mayChange: scope !== null && covers(scope, r.id),
        version: r.version ?? 0,
      })),
    }
  },
})

const namesOf = async (ctx: ReadContext, ids: string[]): Promise<Map<string, string>> => {
  if (ids.length === 0) return new Map()
  const rows = await ctx.db.selectFrom('users').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.map((r) => [r.id, r.name]))
}

/** Sets the rules of a team, or those for all. Open tickets are looked at anew. */
export const setHierarchy = verb('hierarchy.set', {
  permission: 'hierarchy.write',
  input: setRulesInput,
  async run(ctx, { teamId, managerIds, rules }) {
    await requireNewTeam(ctx, teamId)
    const managers = [...new Set(managerIds)]
    const named = []
    for (const id of managers) named.push(await findWorker(ctx, 'managerIds', id))
    const before = await lockRow(ctx, teamId)
    const version = (before?.version ?? 0) + 1
    const values = { managers, rules: JSON.stringify(rules), updated_at: ctx.now(), version }
    if (before)
      await ctx.db
        .updateTable('hierarchy_rules')
        .set(values)
        .where('team_id', teamId === null ? 'is' : '=', teamId)
        .execute()
    else
      await ctx.db
        .insertInto('hierarchy_rules')
        .values({ team_id: teamId, ...values })
        .execute()
    const team = (await teamOf(ctx, teamId))?.name ?? null
    ctx.record(hierarchyRulesSet, {
      subject: teamId ? ref('team', teamId) : 'hierarchy:all',
      team: teamId,
      data: { team, rules, managers: named.map((m) => m.name) },
    })
    replan(ctx)
    return { ok: true as const, version }
  },
})

/** The row as it stands, held until the transaction ends, also against somebody who is about to write the first. */
const lockRow = async (ctx: Context, teamId: string | null) => {
  await sql`select pg_advisory_xact_lock(hashtext(${`hierarchy ${teamId}`}))`.execute(ctx.db)
  const row = await ctx.db
    .selectFrom('hierarchy_rules')
    .selectAll()
    .where('team_id', teamId === null ? 'is' : '=', teamId)
    .executeTakeFirst()
  if (ctx.expected !== null && ctx.expected !== (row?.version ?? 0))
    throw new AppError('stale', 'These rules were changed since you read them. Load them again and repeat your change.')
  return row
}

/** Removes the rules of a team: those for all count. */
export const removeHierarchy = verb('hierarchy.remove', {
  permission: 'hierarchy.write',
  input: teamRulesInput,
  async run(ctx, { teamId }) {
    requireTeamOf(ctx, teamId)
    if (!(await lockRow(ctx, teamId))) throw notFound('A rule of this team')
    await ctx.db.deleteFrom('hierarchy_rules').where('team_id', '=', teamId).execute()
    const team = (await teamOf(ctx, teamId))?.name ?? ''
    ctx.record(hierarchyRulesRemoved, { subject: ref('team', teamId), team: teamId, data: { team } })
    replan(ctx)
    return { ok: true as const }
  },
})
