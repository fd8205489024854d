import { z } from 'zod'
import { type Environment, slug } from '../../../contract/base.ts'
import { changeMonitorInput, createMonitorInput } from '../../../contract/monitors/inputs.ts'
import { declare, given, idNamed, namedBy } from '../../platform/declare/declaration.ts'
import { invalid } from '../../platform/errors.ts'
import { changeMonitor } from './change.ts'
import { createMonitor } from './create.ts'

const { config, environment, intervalSeconds, downAfter, ofLooks, upAfter } = changeMonitorInput.shape
const schema = z.strictObject({
  name: createMonitorInput.shape.name,
  check: createMonitorInput.shape.kind.optional(),
  config,
  service: slug.nullable().optional(),
  environment,
  team: slug.nullable().optional(),
  intervalSeconds,
  downAfter,
  ofLooks,
  upAfter,
})

/** A monitor, known by its name. A stored secret is written as its mark, and stays what it is. */
export const monitorDeclaration = declare<z.output<typeof schema>>({
  kind: 'monitor',
  help: 'A check that repeats, known by its name; `check` is its kind, such as http, and `config` is as that kind wants it.',
  key: 'name',
  schema,
  async stored({ db }) {
    const rows = await db
      .selectFrom('monitors as m')
      .leftJoin('services as s', 's.id', 'm.service_id')
      .leftJoin('teams as t', 't.id', 'm.team_id')
      .selectAll('m')
      .select(['s.slug as service', 't.slug as team'])
      .orderBy('m.name')
      .orderBy('m.id')
      .execute()
    return rows.map((m) => ({
      id: m.id,
      item: {
        name: m.name,
        check: m.kind,
        config: m.config as Record<string, unknown>,
        service: m.service,
        environment: m.environment as Environment,
        team: m.team,
        intervalSeconds: m.interval_seconds,
        downAfter: m.down_after,
        ofLooks: m.of_looks,
        upAfter: m.up_after,
      },
    }))
  },
  async write(ctx, { name, check, service, team, ...rest }, id) {
    const fields = given({
      ...rest,
      serviceId: service && (await idNamed(ctx.db, namedBy('services', 'service', 'service'), service, 'service')),
      teamId: team && (await idNamed(ctx.db, namedBy('teams', 'team', 'team'), team, 'team')),
    })
    if (id) {
      const { kind } = await ctx.db.selectFrom('monitors').select('kind').where('id', '=', id).executeTakeFirstOrThrow()
      if (check && check !== kind)
        throw invalid(
          'check',
          `${name} is a check of the kind ${kind}, which stays. Give the new monitor another name.`,
        )
      await changeMonitor.run(ctx, { id, ...fields })
    } else if (!check) throw invalid('check', 'must be given: the kind of check, such as http')
    else if (!fields.config) throw invalid('config', 'must be given, as the kind of check wants it')
    else await createMonitor.run(ctx, createMonitorInput.parse({ ...fields, name, kind: check }))
  },
})
