import { z } from 'zod'
import { email, slug } from '../../../contract/base.ts'
import { layerInput, scheduleInput } from '../../../contract/oncall/schedule.ts'
import type { Context } from '../../platform/context.ts'
import { byMail, declare, given, idNamed, idsNamed, namedBy } from '../../platform/declare/declaration.ts'
import { invalid } from '../../platform/errors.ts'
import { layersOf } from './load.ts'
import { runningLayers } from './revise-layers.ts'
import { changeSchedule, createSchedule } from './save-schedule.ts'

const layer = layerInput
  .omit({ id: true, participants: true })
  .extend({ participants: z.array(email.toLowerCase()).max(100) })
  .strict()
const { name, zone } = scheduleInput.partial().shape
const schema = z.strictObject({
  slug,
  name,
  team: slug.optional(),
  zone,
  layers: z
    .array(layer)
    .min(1, 'must have at least one layer')
    .max(10)
    .refine((list) => new Set(list.map((l) => l.name)).size === list.length, 'must name each layer once')
    .optional(),
})
type Schedule = z.output<typeof schema>

/** An on-call schedule; its layers are known by their names, and whoever takes part by mail address. */
export const scheduleDeclaration = declare<Schedule>({
  kind: 'schedule',
  help: 'Who is on call by turns. Layers are known by their names; one that is left away ends now.',
  key: 'slug',
  schema,
  async stored(ctx) {
    const rows = await ctx.db
      .selectFrom('schedules as s')
      .innerJoin('teams as t', 't.id', 's.team_id')
      .selectAll('s')
      .select('t.slug as team')
      .orderBy('s.slug')
      .execute()
    const mails = new Map(
      (await ctx.db.selectFrom('users').select(['id', 'email']).execute()).map((u) => [u.id, u.email]),
    )
    return rows.map((row) => ({
      id: row.id,
      item: {
        slug: row.slug,
        name: row.name,
        team: row.team,
        zone: row.zone,
        layers: runningLayers(layersOf(row), ctx.now()).map(({ id: _, participants, ...l }) => ({
          ...l,
          participants: participants.map((p) => mails.get(p) ?? p),
        })),
      },
    }))
  },
  async write(ctx, { slug, team, layers, ...rest }, known) {
    const teamId = team && (await idNamed(ctx.db, namedBy('teams', 'team', 'team'), team, 'team'))
    const fields = given({
      ...rest,
      teamId,
      layers: layers && (await withIds(ctx, layers, known ? await layerIds(ctx, known) : new Map())),
    })
    if (known) {
      await changeSchedule.run(ctx, { id: known, ...fields })
      return
    }
    if (!teamId) throw invalid('team', 'must be given: the slug of the team whose schedule it is')
    if (!fields.layers) throw invalid('layers', 'must have at least one layer')
    await createSchedule.run(ctx, {
      slug,
      name: fields.name ?? slug,
      zone: fields.zone ?? 'UTC',
      teamId,
      layers: fields.layers,
    })
  },
})

const layerIds = async (ctx: Context, id: string): Promise<Map<string, string>> => {
  const row = await ctx.db.selectFrom('schedules').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  return new Map(runningLayers(layersOf(row), ctx.now()).map((l) => [l.name, l.id]))
}

const withIds = async (ctx: Context, layers: NonNullable<Schedule['layers']>, ids: ReadonlyMap<string, string>) => {
  const found: z.output<typeof layerInput>[] = []
  for (const [i, { participants, ...l }] of layers.entries()) {
    const people = await idsNamed(ctx.db, byMail, participants, `layers.${i}.participants`)
    const id = ids.get(l.name)
    found.push({ ...l, ...(id ? { id } : {}), participants: people })
  }
  return found
}
