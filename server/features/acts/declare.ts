import { z } from 'zod'
import { changeActionInput, createActionInput } from '../../../contract/acts/inputs.ts'
import type { ActName } from '../../../contract/acts/words.ts'
import { type Environment, slug } from '../../../contract/base.ts'
import { declare, given, idNamed, namedBy, setOf } from '../../platform/declare/declaration.ts'
import { invalid } from '../../platform/errors.ts'
import { selectActions } from './action-rows.ts'
import { changeAction, createAction } from './define-action.ts'

const { config, act, scheduler, tags, environments } = changeActionInput.shape
const schema = z.strictObject({
  name: createActionInput.shape.name,
  act,
  by: createActionInput.shape.kind.optional(),
  config,
  team: slug.nullable().optional(),
  scheduler,
  tags: setOf(tags.unwrap().element).optional(),
  environments: setOf(environments.unwrap().element).optional(),
})

/** An action, known by its name. A stored secret is written as its mark, and stays what it is. */
export const actionDeclaration = declare<z.output<typeof schema>>({
  kind: 'scheduler-action',
  help: 'What a person may let a scheduler do with a job, known by its name; `by` is command or http, and `config` is as that kind wants it.',
  key: 'name',
  schema,
  async stored({ db }) {
    const rows = await selectActions(db).orderBy('a.name').execute()
    return rows.map((a) => ({
      id: a.id,
      item: {
        name: a.name,
        act: a.act as ActName,
        by: a.kind,
        config: a.config as Record<string, unknown>,
        team: a.team_slug,
        scheduler: a.scheduler,
        tags: a.tags.toSorted(),
        environments: (a.environments as Environment[]).toSorted(),
      },
    }))
  },
  async write(ctx, { name, by, team, ...rest }, id) {
    const fields = given({
      ...rest,
      teamId: team && (await idNamed(ctx.db, namedBy('teams', 'team', 'team'), team, 'team')),
    })
    if (id) {
      const row = await ctx.db
        .selectFrom('scheduler_actions')
        .select('kind')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      if (by && by !== row.kind)
        throw invalid('by', `${name} is of the kind ${row.kind}, which stays. Give the new action another name.`)
      await changeAction.run(ctx, { id, ...fields })
    } else if (!by) throw invalid('by', 'must be given: command or http')
    else if (!fields.act) throw invalid('act', 'must be given: rerun, hold, release or kill')
    else if (!fields.config) throw invalid('config', 'must be given, as the kind wants it')
    else await createAction.run(ctx, createActionInput.parse({ ...fields, name, kind: by }))
  },
})
