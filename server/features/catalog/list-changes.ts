import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Environment } from '../../../contract/base.ts'
import { listChangesInput } from '../../../contract/catalog/change.ts'
import { type Instant, millisBetween } from '../../platform/clock.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import type { Db } from '../../platform/db/pool.ts'
import { notFound } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { upstreamOf } from './graph.ts'

type Row = {
  id: string
  service_id: string
  service_name: string
  environment: Environment
  at: Instant
  title: string
  details: string
  origin: 'hand' | 'tool' | 'ticket'
  reference: string | null
  by: { name: string }
  links: { label: string; url: string }[]
}

const select = sql`select c.id, c.service_id, s.name as service_name, c.environment, c.at, c.title, c.details, c.origin,
  c.reference, c.by, c.links from service_changes c join services s on s.id = c.service_id`

/** What changed on a service, and when asked on what it depends on, newest first. */
export const listChanges = query('service.changes', {
  permission: 'change.read',
  input: listChangesInput,
  async run(ctx, { id, upstream, since, before, cursor, limit }) {
    const ids = [id, ...(upstream === 'yes' ? (await upstreamOf(ctx.db, id)).map((s) => s.id) : [])]
    const where: RawBuilder<unknown>[] = [sql`c.service_id = w.id`]
    if (since) where.push(sql`c.at >= ${since}`)
    if (before) where.push(sql`c.at <= ${before}`)
    if (cursor) {
      const [at, last] = readCursor(cursor, z.tuple([z.iso.datetime({ offset: true }), z.uuid()]))
      where.push(sql`(c.at, c.id) < (${at}::timestamptz, ${last}::uuid)`)
    }
    // A range of the index for each service: with thousands of changes on one of them only the newest are read.
    const { rows } = await sql<Row>`
      select x.* from unnest(${ids}::uuid[]) as w(id) cross join lateral (${select}
        where ${sql.join(where, sql` and `)} order by c.at desc, c.id desc limit ${limit + 1}) x
      order by x.at desc, x.id desc limit ${limit + 1}`.execute(ctx.db)
    const page = toPage(rows, limit, (r) => [r.at, r.id])
    return { next: page.next, items: page.items.map((r) => shown(r, id, before ?? ctx.now())) }
  },
})

export const showChange = async (db: Db, id: string, now: Instant) => {
  const { rows } = await sql<Row>`${select} where c.id = ${id}`.execute(db)
  if (!rows[0]) throw notFound('The change')
  return shown(rows[0], rows[0].service_id, now)
}

const shown = (r: Row, serviceId: string, from: Instant) => ({
  id: r.id,
  service: { id: r.service_id, name: r.service_name },
  environment: r.environment,
  at: r.at,
  title: r.title,
  details: r.details,
  origin: r.origin,
  ticketId: r.reference?.startsWith('ticket:') ? r.reference.slice('ticket:'.length) : null,
  by: r.by.name,
  links: r.links,
  because: `${r.service_id === serviceId ? 'same service' : `${r.service_name}, which it depends on`}, ${before(r.at, from)}`,
})

/** '20 min before', '3 h before', '2 days before'. */
const before = (at: Instant, from: Instant): string => {
  const minutes = Math.max(0, Math.round(millisBetween(at, from) / 60_000))
  if (minutes < 90) return `${minutes} min before`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? `${hours} h before` : `${Math.round(hours / 24)} days before`
}
