import { z } from 'zod'
import { changeSourceInput, createSourceInput } from '../../../contract/alerts/source.ts'
import { jobsKind, monitorsKind } from '../../../contract/alerts/words.ts'
import { type Environment, slug } from '../../../contract/base.ts'
import { declare, given, idNamed, namedBy } from '../../platform/declare/declaration.ts'
import { invalid } from '../../platform/errors.ts'
import { changeSource, disableSource, enableSource } from './change-source.ts'
import { connectSource } from './create-source.ts'
import { creatableKind } from './source-kinds.ts'
import { findSource } from './source-rows.ts'

const { name, environment, opensIncident, perSecond, expiresMinutes } = changeSourceInput.shape
const schema = z.strictObject({
  slug,
  name,
  tool: createSourceInput.shape.kind.optional(),
  team: slug.nullable().optional().meta({ description: 'Whose alerts they are when no service says so' }),
  service: slug.nullable().optional().meta({ description: 'The service of its alerts when a signal names none' }),
  environment,
  opensIncident,
  perSecond,
  expiresMinutes,
  enabled: z.boolean().optional().meta({ description: 'false: nothing is taken from it' }),
})

/** A tool that sends events, known by its slug. Keys are secrets, and stand in no file: a new source has none. */
export const alertSourceDeclaration = declare<z.output<typeof schema>>({
  kind: 'alert-source',
  help: 'A tool that sends events; `tool` is its kind, such as alertmanager. Its keys stand in no file: a new source gets its first one on its page.',
  key: 'slug',
  schema,
  async stored({ db }) {
    const rows = await db
      .selectFrom('sources as o')
      .leftJoin('services as s', 's.id', 'o.service_id')
      .leftJoin('teams as t', 't.id', 'o.team_id')
      .selectAll('o')
      .select(['s.slug as service', 't.slug as team'])
      .where('o.kind', 'not in', [monitorsKind, jobsKind])
      .orderBy('o.slug')
      .execute()
    return rows.map((o) => ({
      id: o.id,
      item: {
        slug: o.slug,
        name: o.name,
        tool: o.kind,
        team: o.team,
        service: o.service,
        environment: o.environment as Environment,
        opensIncident: o.opens_incident,
        perSecond: o.per_second,
        expiresMinutes: o.expires_minutes,
        enabled: o.enabled,
      },
    }))
  },
  async write(ctx, { tool, team, service, enabled, ...rest }, known) {
    const fields = given({
      ...rest,
      serviceId: service && (await idNamed(ctx.db, namedBy('services', 'service', 'service'), service, 'service')),
      teamId: team && (await idNamed(ctx.db, namedBy('teams', 'team', 'team'), team, 'team')),
    })
    const before = known ? await findSource(ctx.db, known) : null
    if (before && tool && tool !== before.kind)
      throw invalid('tool', `${fields.slug} is a source of the kind ${before.kind}, which stays. Choose another slug.`)
    if (!before && !tool) throw invalid('tool', 'must be given: the kind of source, such as alertmanager')
    if (tool && !before) creatableKind(tool, 'tool')
    const id =
      before?.id ?? (await connectSource(ctx, createSourceInput.parse({ name: rest.slug, kind: tool, ...fields })))
    if (before) await changeSource.run(ctx, { id, ...fields })
    if (enabled !== undefined && enabled !== (before?.enabled ?? true))
      await (enabled ? enableSource : disableSource).run(ctx, { id })
  },
})
