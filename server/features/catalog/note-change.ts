import { noteChangeInput, removeChangeInput } from '../../../contract/catalog/change.ts'
import { actorRow } from '../../platform/access.ts'
import type { Instant } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { invalid, notFound } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { cut } from '../../platform/text.ts'
import { verb } from '../../platform/verb.ts'
import { serviceChangeNoted, serviceChangeRemoved } from './events.ts'
import { findService } from './find.ts'
import { showChange } from './list-changes.ts'

/** Notes in the change log of a service that something was changed. */
export const noteChange = verb('service.note_change', {
  permission: 'change.write',
  input: noteChangeInput,
  async run(ctx, { id, at, ...given }) {
    const service = await findService(ctx.db, id)
    if (!service) throw notFound('The service')
    const when = at ?? ctx.now()
    if (Temporal.Instant.compare(when, ctx.now()) > 0)
      throw invalid('at', 'must not be in the future; what is planned is a change ticket')
    const change = await addChange(ctx, { ...given, serviceId: id, at: when, origin: 'hand', links: [] })
    if (!change) throw new Error('A change that was noted by hand has no reference to be known by.')
    return showChange(ctx.db, change, ctx.now())
  },
})

export type NewChange = {
  serviceId: string
  environment: string
  at: Instant
  title: string
  details: string
  origin: 'hand' | 'tool' | 'ticket'
  /** What it was noted from, so that it is noted once: signal:<id>, ticket:<id>. */
  reference?: string | undefined
  links: { label: string; url: string }[]
}

/**
 * Adds to the change log of a service, once for each reference. Answers its id, or null when it is there already. Inner
 * function: trusts that the service exists. Texts that are too long are cut.
 */
export const addChange = async (ctx: Context, c: NewChange): Promise<string | null> => {
  const by = actorRow(ctx.actor)
  const row = await ctx.db
    .insertInto('service_changes')
    .values({
      id: newId(),
      service_id: c.serviceId,
      environment: c.environment,
      at: c.at,
      title: cut(c.title.replace(/\s+/g, ' ').trim(), 200) || 'Something was changed',
      details: cut(c.details, 5_000),
      origin: c.origin,
      reference: c.reference ?? null,
      by: JSON.stringify(by),
      links: JSON.stringify(c.links.slice(0, 20)),
      noted_at: ctx.now(),
    })
    .onConflict((o) => o.column('reference').where('reference', 'is not', null).doNothing())
    .returning(['id', 'title'])
    .executeTakeFirst()
  if (!row) return null
  ctx.record(serviceChangeNoted, {
    subject: ref('service', c.serviceId),
    about: [c.reference],
    data: { title: row.title, environment: c.environment, at: c.at.toString(), origin: c.origin },
  })
  return row.id
}

/** Removes what was noted by hand, such as by mistake; what tools and tickets told stays. */
export const removeChange = verb('service.remove_change', {
  permission: 'change.write',
  input: removeChangeInput,
  async run(ctx, { id, changeId }) {
    const row = await ctx.db
      .deleteFrom('service_changes')
      .where('id', '=', changeId)
      .where('service_id', '=', id)
      .where('origin', '=', 'hand')
      .returning('title')
      .executeTakeFirst()
    if (!row) throw notFound('The change, noted by hand,')
    ctx.record(serviceChangeRemoved, { subject: ref('service', id), data: { title: row.title } })
    return { ok: true as const }
  },
})
