import { sql } from 'kysely'
import { z } from 'zod'
import { slug } from '../../../contract/base.ts'
import {
  addCutOffInput,
  changeServiceInput,
  createServiceInput,
  type serviceKind,
} from '../../../contract/catalog/service.ts'
import type { Context } from '../../platform/context.ts'
import { declare, given, idNamed, idsNamed, namedBy, setOf } from '../../platform/declare/declaration.ts'
import { addCutOff } from './add-cut-off.ts'
import { addDependency } from './add-dependency.ts'
import { changeCutOff } from './change-cut-off.ts'
import { changeService } from './change-service.ts'
import { createService } from './create-service.ts'
import { hostByName } from './declare-host.ts'
import { removeCutOff } from './remove-cut-off.ts'
import { removeDependency } from './remove-dependency.ts'
import { setBusinessUnits } from './set-business-units.ts'

const { name, description, tier, environments, costPerHour, currency } = changeServiceInput.shape
const cutOff = addCutOffInput.omit({ id: true })
type CutOff = z.output<typeof cutOff>
const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)

const schema = z.strictObject({
  slug,
  name,
  use: createServiceInput.shape.kind.optional(),
  description,
  tier,
  environments,
  ownerTeam: slug.nullable().optional(),
  calendar: slug.nullable().optional(),
  costPerHour,
  currency,
  businessUnits: setOf(slug).optional(),
  dependsOn: setOf(slug).optional(),
  hosts: setOf(z.string().max(253)).optional(),
  cutOffs: z
    .array(cutOff.overwrite((c) => ({ ...c, days: c.days.toSorted((a, b) => a - b) })))
    .max(100)
    .refine((list) => new Set(list.map((c) => c.name)).size === list.length, 'must name each cut-off once')
    .overwrite((list) => list.toSorted(byName))
    .optional(),
})
type Service = z.output<typeof schema>

const service = namedBy('services', 'service', 'service')

type Row = {
  id: string
  slug: string
  name: string
  use: z.output<typeof serviceKind>
  description: string
  tier: number
  environments: NonNullable<Service['environments']>
  ownerTeam: string | null
  calendar: string | null
  costPerHour: number | null
  currency: string | null
  businessUnits: string[]
  dependsOn: string[]
  hosts: string[]
  cutOffs: CutOff[]
}

/** A service with all that the catalogue says about it. */
export const serviceDeclaration = declare<Service>({
  kind: 'service',
  help: 'Something supported; `use` is business or technical. Teams, calendars, business units and other services are named by their slugs, hosts by their names.',
  key: 'slug',
  schema,
  async stored({ db }) {
    const { rows } = await sql<Row>`
      select s.id, s.slug, s.name, s.kind as use, s.description, s.tier, s.environments, t.slug as "ownerTeam",
        c.slug as calendar, s.cost_per_hour as "costPerHour", s.currency,
        array(select u.slug from service_business_units b join business_units u on u.id = b.business_unit_id
          where b.service_id = s.id) as "businessUnits",
        array(select o.slug from dependencies d join services o on o.id = d.depends_on_service_id
          where d.service_id = s.id) as "dependsOn",
        array(select h.name from dependencies d join hosts h on h.id = d.depends_on_host_id
          where d.service_id = s.id) as hosts,
        coalesce((select json_agg(json_build_object('name', f.name, 'atTime', f.at_time, 'zone', f.zone, 'days', f.days))
          from cut_offs f where f.service_id = s.id), '[]') as "cutOffs"
      from services s left join teams t on t.id = s.owner_team_id left join calendars c on c.id = s.calendar_id
      where s.archived_at is null order by s.slug`.execute(db)
    return rows.map(({ id, ...item }) => ({
      id,
      item: {
        ...item,
        businessUnits: item.businessUnits.toSorted(),
        dependsOn: item.dependsOn.toSorted(),
        hosts: item.hosts.toSorted(),
        cutOffs: item.cutOffs.toSorted(byName),
      },
    }))
  },
  async write(
    ctx,
    { slug, use, ownerTeam, calendar, businessUnits, dependsOn: _, hosts: __, cutOffs, ...rest },
    known,
  ) {
    const fields = given({
      ...rest,
      kind: use,
      ownerTeamId: ownerTeam && (await idNamed(ctx.db, namedBy('teams', 'team', 'team'), ownerTeam, 'ownerTeam')),
      calendarId:
        calendar && (await idNamed(ctx.db, namedBy('calendars', 'calendar', 'calendar'), calendar, 'calendar')),
    })
    if (known) await changeService.run(ctx, { id: known, ...fields })
    const id =
      known ??
      (
        await createService.run(
          ctx,
          createServiceInput.parse({ name: slug, ...fields, kind: use ?? 'technical', slug }),
        )
      ).id
    if (businessUnits) {
      const unit = namedBy('business_units', 'business unit', 'business-unit')
      const businessUnitIds = await idsNamed(ctx.db, unit, businessUnits, 'businessUnits')
      await setBusinessUnits.run(ctx, { id, businessUnitIds })
    }
    if (cutOffs) await setCutOffs(ctx, id, cutOffs)
  },
  async relate(ctx, { slug, dependsOn, hosts }) {
    const id = await idNamed(ctx.db, service, slug, 'slug')
    if (dependsOn)
      await setBelow(ctx, id, 'depends_on_service_id', await idsNamed(ctx.db, service, dependsOn, 'dependsOn'))
    if (hosts) await setBelow(ctx, id, 'depends_on_host_id', await idsNamed(ctx.db, hostByName, hosts, 'hosts'))
  },
})

const setBelow = async (
  ctx: Context,
  id: string,
  column: 'depends_on_service_id' | 'depends_on_host_id',
  wanted: readonly string[],
) => {
  const there = await ctx.db
    .selectFrom('dependencies')
    .select(['id', `${column} as below`])
    .where('service_id', '=', id)
    .where(column, 'is not', null)
    .execute()
  for (const { id: dependencyId, below } of there)
    if (!wanted.includes(String(below))) await removeDependency.run(ctx, { id, dependencyId })
  for (const below of wanted)
    if (!there.some((t) => t.below === below))
      await addDependency.run(ctx, {
        id,
        ...(column === 'depends_on_service_id' ? { serviceId: below } : { hostId: below }),
      })
}

const setCutOffs = async (ctx: Context, id: string, wanted: readonly CutOff[]) => {
  const there = await ctx.db.selectFrom('cut_offs').select(['id', 'name']).where('service_id', '=', id).execute()
  for (const { id: cutOffId, name } of there)
    if (!wanted.some((w) => w.name === name)) await removeCutOff.run(ctx, { id, cutOffId })
  for (const cutOff of wanted) {
    const known = there.find((t) => t.name === cutOff.name)
    if (known) await changeCutOff.run(ctx, { id, cutOffId: known.id, ...cutOff })
    else await addCutOff.run(ctx, { id, ...cutOff })
  }
}
