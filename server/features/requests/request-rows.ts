import type { Selectable } from 'kysely'
import { isOpen, type TicketState } from '../../../contract/desk/index.ts'
import type { ApprovalStage, RequestForm, RequestState } from '../../../contract/requests/index.ts'
import type { Context } from '../../platform/context.ts'
import type { Db } from '../../platform/db/pool.ts'
import type { RequestApprovals, Requests } from '../../platform/db/schema.gen.ts'

export type ApprovalRow = Selectable<RequestApprovals>

/** A request with the version it was filled with, and its ticket. */
export type RequestRow = Omit<Selectable<Requests>, 'answers' | 'state'> & {
  answers: Record<string, unknown>
  state: RequestState
  form: RequestForm
  approvals: ApprovalStage[]
  type_name: string
  type_slug: string
  team_id: string
  number: string
  title: string
  ticketOpen: boolean
  requester_name: string | null
}

const select = (db: Db) =>
  db
    .selectFrom('requests as r')
    .innerJoin('request_types as y', 'y.id', 'r.type_id')
    .innerJoin('request_type_versions as v', (j) =>
      j.onRef('v.type_id', '=', 'r.type_id').onRef('v.number', '=', 'r.type_version'),
    )
    .innerJoin('tickets as t', 't.id', 'r.ticket_id')
    .leftJoin('users as u', 'u.id', 'r.requester_id')
    .selectAll('r')
    .select(['v.form', 'v.approvals', 'y.name as type_name', 'y.slug as type_slug', 't.number', 't.title'])
    .select([
      't.state as ticket_state',
      't.team_id as ticket_team',
      'y.team_id as type_team',
      'u.name as requester_name',
    ])

type Selected = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>

const asRow = ({ ticket_state, ticket_team, type_team, ...r }: Selected): RequestRow => ({
  ...r,
  answers: r.answers as Record<string, unknown>,
  state: r.state as RequestState,
  form: r.form as RequestForm,
  approvals: r.approvals as ApprovalStage[],
  // Whoever has the ticket now fulfils it, and its leads stand in for approvers who left.
  team_id: ticket_team ?? type_team,
  ticketOpen: isOpen(ticket_state as TicketState),
})

export const findRequests = async (db: Db, ids: readonly string[]): Promise<Map<string, RequestRow>> => {
  if (ids.length === 0) return new Map()
  const rows = await select(db)
    .where('r.id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map((r) => [r.id, asRow(r)]))
}

export const findRequestOf = async (db: Db, ticketId: string): Promise<RequestRow | null> => {
  const row = await select(db).where('r.ticket_id', '=', ticketId).executeTakeFirst()
  return row ? asRow(row) : null
}

/**
 * Takes a request until the transaction ends, so that of two who decide at once the second sees what the first did.
 * The request first, its ticket after it: everybody who needs both takes them in this order.
 */
export const lockRequest = async (ctx: Context, id: string): Promise<RequestRow | null> => {
  const held = await ctx.db.selectFrom('requests').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
  return held ? ((await findRequests(ctx.db, [id])).get(id) ?? null) : null
}

export const approvalsOf = (db: Db, ...requestIds: string[]): Promise<ApprovalRow[]> =>
  db
    .selectFrom('request_approvals')
    .selectAll()
    .where('request_id', 'in', requestIds)
    .orderBy('stage')
    .orderBy('asked_at')
    .orderBy('id')
    .execute()

/** Those who are asked now, with their names. */
export const askedNow = (
  db: Db,
  requestId: string,
): Promise<{ id: string; user_id: string; name: string; seat: string }[]> =>
  db
    .selectFrom('request_approvals as a')
    .innerJoin('users as u', 'u.id', 'a.user_id')
    .select(['a.id', 'u.id as user_id', 'u.name', 'a.seat'])
    .where('a.request_id', '=', requestId)
    .where('a.state', '=', 'asked')
    .orderBy('u.name')
    .execute()

/** Titles of the required steps that are not done. */
export const stepsLeft = async (db: Db, requestId: string): Promise<string[]> =>
  (
    await db
      .selectFrom('request_steps')
      .select('title')
      .where('request_id', '=', requestId)
      .where('required', '=', true)
      .where('done_at', 'is', null)
      .orderBy('position')
      .execute()
  ).map((s) => s.title)
