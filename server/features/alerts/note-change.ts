import { sql } from 'kysely'
import { z } from 'zod'
import type { Instant } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { verb } from '../../platform/verb.ts'
import { addChange, findHost, findService, findServiceByName, servicesOnHost } from '../catalog/index.ts'
import type { Signal } from './signal.ts'
import { findSource } from './source-rows.ts'

export const changeSignalInput = z.object({
  sourceId: z.uuid(),
  dedupKey: z.string(),
  at: z.number().meta({ description: 'Received, in milliseconds: where the signal stands' }),
  id: z.uuid(),
})

/** A tool told of a change: it goes into the change log of the service that it names, once. */
export const noteChangeSignal = verb('alerts.note_change', {
  permission: 'system',
  input: changeSignalInput,
  async run(ctx, { sourceId, dedupKey, at, id }) {
    const signal = await readSignal(ctx, { sourceId, dedupKey, at, id })
    const source = await findSource(ctx.db, sourceId)
    const service = signal && source ? await serviceOf(ctx, signal.body, source.service_id) : null
    if (!signal || !source || !service) return ctx.unchanged(null)
    const { body } = signal
    const added = await addChange(
      { ...ctx, actor: { kind: 'source', id: source.id, name: source.name } },
      {
        serviceId: service,
        environment: body.environment ?? source.environment,
        at: Temporal.Instant.compare(signal.happened_at, ctx.now()) > 0 ? ctx.now() : signal.happened_at,
        title: signal.summary,
        details: body.details ?? '',
        origin: 'tool',
        reference: `signal:${id}`,
        links: body.links ?? [],
      },
    )
    return added ? null : ctx.unchanged(null)
  },
})

type Found = { summary: string; happened_at: Instant; body: Partial<Signal> }

const readSignal = async (ctx: Context, s: z.output<typeof changeSignalInput>): Promise<Found | null> => {
  const { rows } = await sql<Found>`
    select summary, happened_at, body from signals
    where source_id = ${s.sourceId} and dedup_key = ${s.dedupKey} and at = to_timestamp(${s.at}::float8 / 1000)
      and id = ${s.id}`.execute(ctx.db)
  return rows[0] ?? null
}

/** The service that it names, else the most critical one on its host, else that of the source. */
const serviceOf = async (ctx: Context, body: Partial<Signal>, ofSource: string | null): Promise<string | null> => {
  const named = body.service ? await findServiceByName(ctx.db, body.service) : null
  if (named) return named.id
  const host = body.host ? await findHost(ctx.db, body.host) : null
  const [onHost] = host ? await servicesOnHost(ctx.db, host.id) : []
  if (onHost) return onHost.id
  return ofSource && (await findService(ctx.db, ofSource)) ? ofSource : null
}
