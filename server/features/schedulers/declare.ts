import { z } from 'zod'
import { slug } from '../../../contract/base.ts'
import { changeSchedulerInput, createSchedulerInput } from '../../../contract/schedulers/inputs.ts'
import { declare, given, idNamed, namedBy } from '../../platform/declare/declaration.ts'
import { invalid } from '../../platform/errors.ts'
import { changeScheduler } from './change.ts'
import { createScheduler } from './create.ts'
import { pauseScheduler, resumeScheduler } from './pause.ts'

const { config, host, intervalSeconds } = changeSchedulerInput.shape
const schema = z.strictObject({
  name: createSchedulerInput.shape.name,
  scheduler: createSchedulerInput.shape.kind.optional(),
  config,
  host,
  team: slug.nullable().optional().meta({ description: 'Whose jobs it tells of; none: of those of all teams' }),
  intervalSeconds,
  enabled: z.boolean().optional().meta({ description: 'false: it is not asked' }),
})

/** A connection to a scheduler, known by its name. A stored secret is written as its mark, and stays what it is. */
export const schedulerDeclaration = declare<z.output<typeof schema>>({
  kind: 'scheduler',
  help: 'A connection to a scheduler, known by its name; `scheduler` is its kind, such as airflow, and `config` is as that kind wants it.',
  key: 'name',
  schema,
  async stored({ db }) {
    const rows = await db
      .selectFrom('schedulers as c')
      .leftJoin('teams as t', 't.id', 'c.team_id')
      .selectAll('c')
      .select('t.slug as team')
      .orderBy('c.name')
      .orderBy('c.id')
      .execute()
    return rows.map((c) => ({
      id: c.id,
      item: {
        name: c.name,
        scheduler: c.kind,
        config: c.config as Record<string, unknown>,
        host: c.host,
        team: c.team,
        intervalSeconds: c.interval_seconds,
        enabled: c.enabled,
      },
    }))
  },
  async write(ctx, { name, scheduler, team, enabled, ...rest }, known) {
    const fields = given({
      ...rest,
      teamId: team && (await idNamed(ctx.db, namedBy('teams', 'team', 'team'), team, 'team')),
    })
    const before = known
      ? await ctx.db.selectFrom('schedulers').select(['kind', 'enabled']).where('id', '=', known).executeTakeFirst()
      : null
    if (before && scheduler && scheduler !== before.kind)
      throw invalid('scheduler', `${name} is of the kind ${before.kind}, which stays. Give the new one another name.`)
    if (!before && !scheduler) throw invalid('scheduler', 'must be given: the kind of scheduler, such as airflow')
    if (!before && !fields.config) throw invalid('config', 'must be given, as the kind of scheduler wants it')
    const id =
      known ?? (await createScheduler.run(ctx, createSchedulerInput.parse({ ...fields, name, kind: scheduler }))).id
    if (before) await changeScheduler.run(ctx, { id, ...fields })
    if (enabled !== undefined && enabled !== (before?.enabled ?? true))
      await (enabled ? resumeScheduler : pauseScheduler).run(ctx, { id })
  },
})
