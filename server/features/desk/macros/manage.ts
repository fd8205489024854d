import { byId, changeMacroInput, createMacroInput, type MacroAct } from '../../../../contract/desk/index.ts'
import type { Context } from '../../../platform/context.ts'
import { invalid, notFound } from '../../../platform/errors.ts'
import { ref } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { verb } from '../../../platform/verb.ts'
import { findLiveTeam, findWorker } from '../people.ts'
import { macroDeleted, macroSaved } from './events.ts'
import { requireMine, requireNewTeam } from './guard.ts'
import { requireFreeName } from './names.ts'
import { macroOf } from './views.ts'

/** Writes a macro for a team, or for all. */
export const createMacro = verb('macro.create', {
  permission: 'macro.write',
  input: createMacroInput,
  async run(ctx, { teamId, name, acts }) {
    await requireNewTeam(ctx, teamId)
    await checkActs(ctx, acts)
    await requireFreeName(ctx, 'macros', { teamId, name })
    const id = newId()
    const at = { created_at: ctx.now(), updated_at: ctx.now() }
    await ctx.db
      .insertInto('macros')
      .values({ id, team_id: teamId, name, acts: JSON.stringify(acts), ...at })
      .execute()
    ctx.record(macroSaved, { subject: ref('macro', id), team: teamId, data: { name, created: true, acts } })
    return macroOf(ctx, id)
  },
})

export const changeMacro = verb('macro.change', {
  permission: 'macro.write',
  input: changeMacroInput,
  async run(ctx, { id, name, acts }) {
    const row = await lock(ctx, id)
    if (acts) await checkActs(ctx, acts)
    if (name) await requireFreeName(ctx, 'macros', { teamId: row.team_id, name, but: id })
    const after = { name: name ?? row.name, acts: acts ?? (row.acts as MacroAct[]) }
    await ctx.db
      .updateTable('macros')
      .set({ name: after.name, acts: JSON.stringify(after.acts), updated_at: ctx.now(), version: row.version + 1 })
      .where('id', '=', id)
      .execute()
    ctx.record(macroSaved, { subject: ref('macro', id), team: row.team_id, data: { ...after, created: false } })
    return macroOf(ctx, id)
  },
})

export const deleteMacro = verb('macro.delete', {
  permission: 'macro.write',
  input: byId,
  async run(ctx, { id }) {
    const row = await lock(ctx, id)
    await ctx.db.deleteFrom('macros').where('id', '=', id).execute()
    ctx.record(macroDeleted, { subject: ref('macro', id), team: row.team_id, data: { name: row.name } })
    return { ok: true as const }
  },
})

const lock = async (ctx: Context, id: string) => {
  const row = await ctx.db.selectFrom('macros').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw notFound('The macro')
  requireMine(ctx, row)
  return row
}

/** What it names must be there. */
const checkActs = async (ctx: Context, acts: MacroAct[]): Promise<void> => {
  for (const [i, a] of acts.entries()) {
    if (a.act === 'assign') await findWorker(ctx, `acts.${i}.userId`, a.userId)
    if (a.act === 'move') await findLiveTeam(ctx, `acts.${i}.teamId`, a.teamId)
    if (a.act === 'change' && !a.impact && !a.urgency)
      throw invalid(`acts.${i}.impact`, 'must set the impact, the urgency or both')
    if (a.act === 'pend' && a.reason === 'scheduled' && !a.minutes)
      throw invalid(`acts.${i}.minutes`, 'must say for how long, because it waits for its time')
  }
}
