import { sql } from 'kysely'
import { z } from 'zod'
import { monitorsKind } from '../../../contract/alerts/words.ts'
import { changesInput } from '../../../contract/monitors/inputs.ts'
import type { SpanState } from '../../../contract/monitors/words.ts'
import type { Instant } from '../../platform/clock.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import { query } from '../../platform/query.ts'
import { showTicket } from './alerts-of.ts'
import { requireReadable } from './show.ts'
import { dedupKeyOf } from './signal.ts'

type Row = {
  from_at: Instant
  to_at: Instant | null
  state: SpanState
  message: string | null
  alert_id: string | null
  ticket_id: string | null
  number: string | null
  ticket_state: string | null
}

const place = z.tuple([z.iso.datetime({ offset: true })])

/** Changes of state, newest first, with the alert and the ticket that they began or ended. */
export const changesOfMonitor = query('monitor.changes', {
  permission: 'monitor.read',
  input: changesInput,
  async run(ctx, { id, cursor, limit }) {
    await requireReadable(ctx, id)
    const before = cursor ? readCursor(cursor, place)[0] : 'infinity'
    const { rows } = await sql<Row>`
      select p.from_at, p.to_at, p.state, p.message, a.id as alert_id, t.id as ticket_id, t.number, t.state as ticket_state
      from monitor_spans p
      left join lateral (
        select a.id, a.ticket_id from sources s join alerts a on a.source_id = s.id
        where s.kind = ${monitorsKind} and a.dedup_key = ${dedupKeyOf(id)}
          and a.started_at <= p.from_at and (a.ended_at is null or a.ended_at >= p.from_at)
        order by a.started_at desc limit 1) a on p.state <> 'unobserved'
      left join tickets t on t.id = a.ticket_id
      where p.monitor_id = ${id} and p.from_at < ${before}::timestamptz
      order by p.from_at desc limit ${limit + 1}`.execute(ctx.db)
    const page = toPage(rows, limit, (r) => [r.from_at])
    return {
      next: page.next,
      items: page.items.map((r) => ({
        at: r.from_at,
        until: r.to_at,
        state: r.state,
        message: r.message,
        alertId: r.alert_id,
        ticket: showTicket(r),
      })),
    }
  },
})
