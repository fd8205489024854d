import { actionIdInput, changeActionInput, createActionInput } from '../../../contract/acts/inputs.ts'
import { differences } from '../../platform/differences.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { changedConfig, maskConfig, parseConfig, requireOwnTeam, sealSecrets } from '../monitors/index.ts'
import { actionKindOf } from './action-kinds.ts'
import {
  lockAction,
  readActionRow,
  requireAllowed,
  requireFreeName,
  requireOwnSecrets,
  SEALED_ACTION,
  showAction,
} from './action-rows.ts'
import { actionChanged, actionDefined, actionDeleted } from './events.ts'

/** For the jobs of a team of which the actor is a lead; for those of all teams only an administrator may. */
export const createAction = verb('scheduler_action.create', {
  permission: 'action.write',
  input: createActionInput,
  async run(ctx, { config: given, ...f }) {
    await requireOwnTeam(ctx, f.teamId)
    await requireFreeName(ctx, f.name)
    const kind = actionKindOf(f.kind)
    const config = parseConfig(kind, given, null)
    requireAllowed(ctx, kind, config)
    const id = newId()
    await ctx.db
      .insertInto('scheduler_actions')
      .values({
        id,
        name: f.name,
        act: f.act,
        kind: f.kind,
        ...sealSecrets(kind, config, ctx.crypto, SEALED_ACTION),
        team_id: f.teamId,
        scheduler: f.scheduler,
        tags: f.tags,
        environments: f.environments,
        created_at: ctx.now(),
        updated_at: ctx.now(),
      })
      .execute()
    ctx.record(actionDefined, {
      subject: ref('scheduler_action', id),
      team: f.teamId,
      data: { name: f.name, after: { ...f, config: maskConfig(kind, config) } },
    })
    return showAction(await readActionRow(ctx, id))
  },
})

export const changeAction = verb('scheduler_action.change', {
  permission: 'action.write',
  input: changeActionInput,
  async run(ctx, { id, config: given, ...fields }) {
    const row = await lockAction(ctx, id)
    const kind = actionKindOf(row.kind)
    const { before, after: config } = changedConfig(kind, row, { given, crypto: ctx.crypto, purpose: SEALED_ACTION })
    const stored = {
      name: row.name,
      act: row.act,
      teamId: row.team_id,
      scheduler: row.scheduler,
      tags: row.tags,
      environments: row.environments as string[],
    }
    const masked = (of: typeof before) => ({ config: maskConfig(kind, of) })
    const change = differences(stored, fields)
    const next = change?.next ?? stored
    const isOther = JSON.stringify(before) !== JSON.stringify(config)
    if (!change && !isOther) return ctx.unchanged(showAction(await readActionRow(ctx, id)))
    if (next.teamId !== stored.teamId) await requireOwnTeam(ctx, next.teamId)
    await requireFreeName(ctx, next.name, id)
    if (isOther) requireAllowed(ctx, kind, config)
    requireOwnSecrets(ctx, kind, { given, before, after: config })
    await ctx.db
      .updateTable('scheduler_actions')
      .set((eb) => ({
        name: next.name,
        act: next.act,
        ...sealSecrets(kind, config, ctx.crypto, SEALED_ACTION),
        team_id: next.teamId,
        scheduler: next.scheduler,
        tags: next.tags,
        environments: next.environments,
        updated_at: ctx.now(),
        version: eb('version', '+', 1),
      }))
      .where('id', '=', id)
      .execute()
    ctx.record(actionChanged, {
      subject: ref('scheduler_action', id),
      team: next.teamId,
      data: {
        name: stored.name,
        before: { ...change?.before, ...(isOther ? masked(before) : {}) },
        after: { ...change?.after, ...(isOther ? masked(config) : {}) },
      },
    })
    return showAction(await readActionRow(ctx, id))
  },
})

/** What was done with it stays; what was asked of it and has not begun is not done. */
export const deleteAction = verb('scheduler_action.delete', {
  permission: 'action.write',
  input: actionIdInput,
  async run(ctx, { id }) {
    const row = await lockAction(ctx, id)
    await ctx.db.deleteFrom('scheduler_actions').where('id', '=', id).execute()
    ctx.record(actionDeleted, {
      subject: ref('scheduler_action', id),
      team: row.team_id,
      data: { name: row.name, before: { act: row.act, kind: row.kind, config: row.config } },
    })
    return { ok: true as const }
  },
})
