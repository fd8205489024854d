import { z } from 'zod'
import { type Environment, slug } from '../../../contract/base.ts'
import { addHostInput, changeHostInput } from '../../../contract/catalog/host.ts'
import { declare, given, idNamed, namedBy } from '../../platform/declare/declaration.ts'
import { addHost } from './add-host.ts'
import { changeHost } from './change-host.ts'

const { environment, site, description } = changeHostInput.shape
const schema = z.strictObject({
  name: addHostInput.shape.name,
  environment,
  site,
  team: slug.nullable().optional(),
  description,
})

export const hostByName = namedBy('hosts', 'host', 'host', 'name')

/** A host, known by its name. */
export const hostDeclaration = declare<z.output<typeof schema>>({
  kind: 'host',
  help: 'A machine that services run on, known by its name.',
  key: 'name',
  schema,
  async stored({ db }) {
    const rows = await db
      .selectFrom('hosts as h')
      .leftJoin('teams as t', 't.id', 'h.team_id')
      .select(['h.id', 'h.name', 'h.environment', 'h.site', 'h.description', 't.slug as team'])
      .orderBy('h.name')
      .execute()
    return rows.map(({ id, ...item }) => ({ id, item: { ...item, environment: item.environment as Environment } }))
  },
  async write(ctx, { name, team, ...rest }, id) {
    const teamId = team && (await idNamed(ctx.db, namedBy('teams', 'team', 'team'), team, 'team'))
    const fields = given({ ...rest, teamId })
    if (id) await changeHost.run(ctx, { id, ...fields })
    else await addHost.run(ctx, addHostInput.parse({ ...fields, name }))
  },
})
