import type { ApprovalStage } from '../../../contract/requests/index.ts'
import { plusSeconds } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { recordOn, waitForApproval } from '../desk/index.ts'
import { findTeam } from '../identity/index.ts'
import { approvalAsked, approvalNobody } from './events.ts'
import { waitsFor } from './hold-words.ts'
import { administrators, leadsOf, type Person, stillHere } from './people.ts'
import { askedNow, type RequestRow } from './request-rows.ts'
import { tellApprover } from './tell.ts'

const HOUR = 3_600
export const expiryKey = (requestId: string) => `request:${requestId}:expire`
export const reminderKey = (approvalId: string) => `approval:${approvalId}:remind`

/** Somebody whose word counts, or nobody; whoever stands in for somebody else sits in his seat. */
type Seat = { seat: string; person: Person | null; why: string }

const stageOf = (request: RequestRow, stage: number): ApprovalStage => {
  const found = request.approvals[stage]
  if (!found) throw new Error(`${request.number} has no approval of stage ${stage}.`)
  return found
}

/** Turns to the people of a stage, and lets the ticket wait for them. */
export const askStage = async (ctx: Context, request: RequestRow, stage: number): Promise<void> => {
  const spec = stageOf(request, stage)
  await ctx.db.updateTable('requests').set({ state: 'waiting', stage }).where('id', '=', request.id).execute()
  const expiresAt = plusSeconds(ctx.now(), spec.expiryHours * HOUR)
  ctx.due({
    key: expiryKey(request.id),
    at: expiresAt,
    run: { name: 'approval.expire' },
    input: { requestId: request.id, stage },
    subject: ref('request', request.id),
  })
  const seats = await seatsOf(ctx, request, spec)
  await seat(ctx, { ...request, stage }, spec, seats, expiresAt)
  await recordAsked(ctx, { ...request, stage }, spec, seats)
}

const recordAsked = async (ctx: Context, request: RequestRow, spec: ApprovalStage, seats: readonly Seat[]) => {
  const people = seats.flatMap(({ person }) => (person ? [person] : []))
  await waitForApproval(
    ctx,
    request.ticket_id,
    waitsFor(
      request.number,
      people.map((p) => p.name),
    ),
  )
  if (people.length === 0) return
  await recordOn(
    ctx,
    request.ticket_id,
    approvalAsked,
    {
      people: people.map((p) => p.name),
      all: spec.all,
      stage: request.stage + 1,
      stages: request.approvals.length,
    },
    { forRequester: true, about: people.map((p) => ref('user', p.id)) },
  )
}

const seatsOf = async (ctx: Context, request: RequestRow, spec: ApprovalStage): Promise<Seat[]> => {
  const named = spec.by.kind === 'people' ? spec.by.userIds : []
  const all = spec.by.kind === 'leads' ? await leadsOf(ctx.db, spec.by.teamId) : await stillHere(ctx.db, named)
  const usable = all.filter(({ id }) => id !== request.requester_id)
  const team = spec.by.kind === 'leads' ? await findTeam(ctx.db, spec.by.teamId) : null
  const why = team ? `Leads ${team.name}, whose leads approve this.` : 'Named as an approver.'
  const seats: Seat[] = usable.map((person) => ({ seat: newId(), person, why }))
  // Where one answer is enough, whoever is left is enough too.
  const missing = spec.by.kind === 'leads' ? Number(usable.length === 0) : named.length - usable.length
  if (missing === 0 || (!spec.all && usable.length > 0)) return seats
  const cause = all.some(({ id }) => id === request.requester_id)
    ? 'Nobody approves their own request'
    : team
      ? `${team.name} has nobody who leads it`
      : 'An approver has left'
  return [...seats, ...(await standIns(ctx, request, { seat: newId(), cause, already: usable }))]
}

/** Who decides instead: the leads of the team that fulfils it, else the administrators; one seat for all of them. */
const standIns = async (
  ctx: Context,
  request: RequestRow,
  { seat, cause, already }: { seat: string; cause: string; already: readonly Person[] },
): Promise<Seat[]> => {
  const free = (people: readonly Person[]) => people.filter(({ id }) => id !== request.requester_id)
  const leads = free(await leadsOf(ctx.db, request.team_id))
  const found = leads.length > 0 ? leads : free(await administrators(ctx.db))
  const team = await findTeam(ctx.db, request.team_id)
  const fresh = found.filter(({ id }) => !already.some((a) => a.id === id))
  const why =
    leads.length > 0
      ? `${cause}, so the leads of ${team?.name ?? 'the team'} decide instead.`
      : `${cause}, and ${team?.name ?? 'the team'} has no lead who could decide, so the administrators do.`
  if (fresh.length > 0) return fresh.map((person) => ({ seat, person, why }))
  // Whoever would stand in is asked anyway.
  return found.length > 0
    ? []
    : [{ seat, person: null, why: `${cause}, and there is nobody who could decide instead.` }]
}

const seat = async (
  ctx: Context,
  request: RequestRow,
  spec: Pick<ApprovalStage, 'reminderHours'>,
  seats: readonly Seat[],
  expiresAt: Temporal.Instant,
): Promise<void> => {
  for (const one of seats) {
    const id = newId()
    await ctx.db
      .insertInto('request_approvals')
      .values({
        id,
        request_id: request.id,
        stage: request.stage,
        seat: one.seat,
        user_id: one.person?.id ?? null,
        state: one.person ? 'asked' : 'nobody',
        why: one.why,
        asked_at: ctx.now(),
        expires_at: expiresAt,
        remind_hours: spec.reminderHours,
      })
      .execute()
    if (!one.person) {
      await recordOn(ctx, request.ticket_id, approvalNobody, { why: one.why })
      continue
    }
    await tellApprover(ctx, request, { id, userId: one.person.id, why: one.why, expiresAt }, 'asked')
    if (spec.reminderHours !== null) remindLater(ctx, { id, remind_hours: spec.reminderHours, expires_at: expiresAt })
  }
}

type Reminded = { id: string; remind_hours: number | null; expires_at: Temporal.Instant }

/** The next reminder, unless it would come when it is too late. */
export const remindLater = (ctx: Context, { id, remind_hours, expires_at }: Reminded): void => {
  if (remind_hours === null) return
  const at = plusSeconds(ctx.now(), remind_hours * HOUR)
  if (Temporal.Instant.compare(at, expires_at) >= 0) return
  ctx.due({
    key: reminderKey(id),
    at,
    run: { name: 'approval.remind' },
    input: { id },
    subject: ref('approval', id),
    priority: 2,
  })
}

type Row = {
  stage: number
  seat: string
  remind_hours: number | null
  expires_at: Temporal.Instant
}

/** Asks somebody else in the seat of one who was asked; the ticket says whom it waits for now. */
export const askInstead = async (ctx: Context, request: RequestRow, row: Row, person: Person, why: string) => {
  await seat(
    ctx,
    { ...request, stage: row.stage },
    { reminderHours: row.remind_hours },
    [{ seat: row.seat, person, why }],
    row.expires_at,
  )
  await sayWhoIsAsked(ctx, request)
}

/** Asks those who stand in for somebody who left. Returns their names. */
export const askStandIns = async (ctx: Context, request: RequestRow, row: Row, cause: string): Promise<string[]> => {
  const already = (await askedNow(ctx.db, request.id)).map(({ user_id: id, name }) => ({ id, name }))
  const seats = await standIns(ctx, request, { seat: row.seat, cause, already })
  await seat(ctx, { ...request, stage: row.stage }, { reminderHours: row.remind_hours }, seats, row.expires_at)
  await sayWhoIsAsked(ctx, request)
  const named = seats.flatMap(({ person }) => (person ? [person.name] : []))
  return named.length > 0 ? named : already.map(({ name }) => name)
}

const sayWhoIsAsked = async (ctx: Context, request: RequestRow) => {
  const names = (await askedNow(ctx.db, request.id)).map(({ name }) => name)
  await waitForApproval(ctx, request.ticket_id, waitsFor(request.number, names))
}
