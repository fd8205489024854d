import type { z } from 'zod'
import { createSourceInput } from '../../../contract/alerts/source.ts'
import { isBuiltInSource } from '../../../contract/alerts/words.ts'
import type { Environment } from '../../../contract/base.ts'
import { slugOf } from '../../../contract/slug.ts'
import type { Context } from '../../platform/context.ts'
import { invalid } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { sourceCreated, sourceKeyAdded } from './events.ts'
import { requireOwnTeam } from './guard.ts'
import { watchService } from './health.ts'
import { giveKey, refuseBadService } from './source-guard.ts'
import { creatableKind } from './source-kinds.ts'
import { showSourceWithKey } from './source-view.ts'

/** Connects a tool. Its key is in the answer, this once. */
export const createSource = verb('source.create', {
  permission: 'source.write',
  input: createSourceInput,
  async run(ctx, input) {
    const id = await connectSource(ctx, input)
    const { key, hint } = await giveKey(ctx, id, input.kind)
    ctx.record(sourceKeyAdded, { ...placeOf(id, input), data: { name: input.name, hint } })
    return showSourceWithKey(ctx, id, key)
  },
})

/** Makes a source that has no key yet, and returns its id. Inner function. */
export const connectSource = async (ctx: Context, { kind, slug, ...f }: Fields): Promise<string> => {
  creatableKind(kind)
  await requireOwnTeam(ctx, f.teamId)
  await refuseBadService(ctx, f.serviceId)
  const columns = {
    id: newId(),
    kind,
    name: f.name,
    team_id: f.teamId,
    service_id: f.serviceId,
    environment: f.environment,
    opens_incident: f.opensIncident,
    per_second: f.perSecond,
    expires_minutes: f.expiresMinutes,
    created_at: ctx.now(),
    updated_at: ctx.now(),
  }
  const made = slug ? await insert(ctx, { ...columns, slug }) : await insertNamed(ctx, columns)
  if (!made) throw invalid('slug', `${slug} is taken by another source; choose another.`)
  ctx.record(sourceCreated, { ...placeOf(columns.id, f), data: { name: f.name, kind, after: { slug: made, ...f } } })
  if (f.serviceId) await watchService(ctx, f.serviceId, f.environment as Environment)
  return columns.id
}

type Fields = z.output<typeof createSourceInput>

const placeOf = (id: string, { serviceId, teamId }: Pick<Fields, 'serviceId' | 'teamId'>) => ({
  subject: ref('source', id),
  about: [serviceId && ref('service', serviceId)],
  team: teamId,
})

type Columns = {
  id: string
  kind: string
  name: string
  team_id: string | null
  service_id: string | null
  environment: string
  opens_incident: boolean
  per_second: number
  expires_minutes: number | null
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
}

const insert = async (ctx: Context, columns: Columns & { slug: string }): Promise<string | null> => {
  if (isBuiltInSource(columns.slug)) return null
  const row = await ctx.db
    .insertInto('sources')
    .values(columns)
    .onConflict((c) => c.column('slug').doNothing())
    .returning('slug')
    .executeTakeFirst()
  return row?.slug ?? null
}

/** A slug out of the name, with a piece of the id where another source has it already. */
const insertNamed = async (ctx: Context, columns: Columns): Promise<string | null> => {
  const plain = slugOf(columns.name, 50)
  const piece = columns.id.slice(-6)
  const slug = plain || `source-${piece}`
  return (await insert(ctx, { ...columns, slug })) ?? insert(ctx, { ...columns, slug: `${slug}-${piece}` })
}
