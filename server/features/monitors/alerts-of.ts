import { sql } from 'kysely'
import { monitorsKind } from '../../../contract/alerts/words.ts'
import type { Db } from '../../platform/db/pool.ts'
import { dedupKeyOf } from './signal.ts'

type Row = { id: string; status: string; ticket_id: string | null; number: string | null; ticket_state: string | null }

export const showTicket = (r: Pick<Row, 'ticket_id' | 'number' | 'ticket_state'>) =>
  r.ticket_id && r.number ? { id: r.ticket_id, number: r.number, state: r.ticket_state ?? '' } : null

/** The open alert of a monitor with its ticket, or null. */
export const openAlertOf = async (db: Db, monitorId: string) => {
  const { rows } = await sql<Row>`
    select a.id, a.status, t.id as ticket_id, t.number, t.state as ticket_state
    from sources s join alerts a on a.source_id = s.id left join tickets t on t.id = a.ticket_id
    where s.kind = ${monitorsKind} and a.dedup_key = ${dedupKeyOf(monitorId)} and a.status in ('firing', 'blind')`.execute(
    db,
  )
  const [row] = rows
  return row ? { id: row.id, status: row.status, ticket: showTicket(row) } : null
}
