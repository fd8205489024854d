import { z } from 'zod'
import { actionIdInput, listActionsInput } from '../../../contract/acts/inputs.ts'
import { placeholderNames, placeholders } from '../../../contract/acts/words.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import { notFound } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { actionForms } from './action-kinds.ts'
import { readActionRow, selectActions, showAction } from './action-rows.ts'

export const listActionKinds = query('scheduler_action.kinds', {
  permission: 'action.read',
  input: z.object({}),
  async run(ctx) {
    // The same for everybody; there is no row to choose.
    void ctx.scope
    return {
      items: actionForms(),
      placeholders: placeholderNames.map((name) => ({ name, help: placeholders[name] })),
      programs: ctx.config.SCHEDULER_PROGRAMS,
    }
  },
})

const place = z.tuple([z.string()])

/** Actions by name. */
export const listActions = query('scheduler_action.list', {
  permission: 'action.read',
  input: listActionsInput,
  async run(ctx, { cursor, limit, teamId, act }) {
    if (ctx.scope.rows !== 'all') return { items: [], next: null }
    const [after] = cursor ? readCursor(cursor, place) : []
    const rows = await selectActions(ctx.db)
      .$if(teamId !== undefined, (q) => q.where('a.team_id', '=', teamId ?? null))
      .$if(act !== undefined, (q) => q.where('a.act', '=', act ?? ''))
      .$if(after !== undefined, (q) => q.where((eb) => eb(eb.fn<string>('lower', ['a.name']), '>', after ?? '')))
      .orderBy((eb) => eb.fn<string>('lower', ['a.name']))
      .limit(limit + 1)
      .execute()
    const page = toPage(rows, limit, (r) => [r.name.toLowerCase()])
    return { items: page.items.map(showAction), next: page.next }
  },
})

export const readAction = query('scheduler_action.read', {
  permission: 'action.read',
  input: actionIdInput,
  async run(ctx, { id }) {
    if (ctx.scope.rows !== 'all') throw notFound('The action')
    return showAction(await readActionRow(ctx, id))
  },
})
