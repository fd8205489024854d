import type { OpenedVia, PriorityNumber } from '../../../contract/desk/index.ts'
import { submitRequestInput } from '../../../contract/requests/index.ts'
import { scopeFor, userOf } from '../../platform/access.ts'
import type { Context } from '../../platform/context.ts'
import { AppError, conflict, invalid } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { actedOn, heldBack, openTicket, recordOn } from '../desk/index.ts'
import { findUser } from '../identity/index.ts'
import { answersInWords, summaryOf, titleOf } from './answer-words.ts'
import { askStage } from './ask.ts'
import { requestSubmitted } from './events.ts'
import { missingSteps } from './hold-words.ts'
import { requireReferences } from './references.ts'
import { findRequests } from './request-rows.ts'
import { viewOf } from './request-view.ts'
import { loadType, type TypeRow } from './type-rows.ts'
import { problemsOf, withoutBlanks } from './validate-answers.ts'

/**
 * Asks for something: a ticket of the team that fulfils it, with the answers, the checklist and the first approval of
 * the version that was filled. A form that is not the current one any more is refused, because it may ask for more now.
 */
export const submitRequest = verb('request.submit', {
  permission: 'request.open',
  input: submitRequestInput,
  async run(ctx, input) {
    const type = await loadType(ctx, input.typeId)
    if (type.retired_at) throw conflict(`${type.name} cannot be asked for any more. Look into the catalogue again.`)
    if (input.formVersion !== undefined && input.formVersion !== type.current_version)
      throw conflict(
        `The form of ${type.name} has changed since you opened it. Load it again; what you have filled in is kept.`,
      )
    const answers = withoutBlanks(input.answers)
    requireAnswers(type, answers)
    const words = answersInWords(type.form, answers, await requireReferences(ctx.db, type.form, answers))
    const requesterId = await requesterOf(ctx, input.requesterId)
    const opened = await openTicket(ctx, {
      kind: 'request',
      title: input.title ?? titleOf(type.name, words),
      description: summaryOf(words),
      via: viaOf(ctx),
      serviceId: type.service_id ?? serviceAnswered(type, answers),
      environment: 'prod',
      teamId: type.team_id,
      priority: {
        value: type.priority as PriorityNumber,
        by: `the request type “${type.name}”`,
        reason: '',
      },
      requesterId,
      page: false,
    })
    const id = newId()
    await ctx.db
      .insertInto('requests')
      .values({
        id,
        ticket_id: opened.id,
        type_id: type.id,
        type_version: type.current_version,
        requester_id: requesterId,
        answers: JSON.stringify(answers),
        state: 'free',
        created_at: ctx.now(),
      })
      .execute()
    await layOut(ctx, id, opened, type)
    await recordOn(
      ctx,
      opened.id,
      requestSubmitted,
      { type: type.name, formVersion: type.current_version },
      { forRequester: true, about: [ref('request_type', type.id)] },
    )
    const request = (await findRequests(ctx.db, [id])).get(id)
    if (!request) throw new Error('The request that was just made is not there.')
    if (type.approvals.length > 0) await askStage(ctx, request, 0)
    return { ...(await actedOn(ctx, opened.ticket)), request: await viewOf(ctx, id) }
  },
})

const requireAnswers = (type: TypeRow, answers: Record<string, unknown>) => {
  const fields = problemsOf(`${type.id} ${type.current_version}`, type.form, answers)
  if (fields.length > 0)
    throw new AppError('invalid_input', fields.map((f) => `${f.field}: ${f.problem}`).join('; '), { fields })
}

const isDesk = (ctx: Context) => scopeFor(ctx.actor, 'ticket.work') !== null
const viaOf = (ctx: Context): OpenedVia => (ctx.actor.kind === 'key' ? 'api' : isDesk(ctx) ? 'desk' : 'portal')

/** Requesters ask for themselves; the desk may fill a form for somebody. */
const requesterOf = async (ctx: Context, given: string | undefined): Promise<string | null> => {
  const me = userOf(ctx.actor)
  if (given === undefined || given === me) return me
  if (!isDesk(ctx)) throw invalid('requesterId', 'must be yourself; leave it out')
  const person = await findUser(ctx.db, given)
  if (!person) throw invalid('requesterId', 'there is no such person; choose somebody from the list of people')
  if (person.disabled) throw invalid('requesterId', `${person.name} has been disabled; choose somebody else`)
  return person.id
}

const serviceAnswered = (type: TypeRow, answers: Record<string, unknown>): string | null => {
  const field = Object.entries(type.form.properties).find(([, f]) => 'reference' in f && f.reference === 'service')
  const value = field && answers[field[0]]
  return typeof value === 'string' ? value.toLowerCase() : null
}

/** The steps of its checklist; until those that are required are done it cannot be resolved. */
const layOut = async (ctx: Context, requestId: string, ticket: { id: string; number: string }, type: TypeRow) => {
  if (type.checklist.length === 0) return
  await ctx.db
    .insertInto('request_steps')
    .values(
      type.checklist.map((step, position) => ({
        id: newId(),
        request_id: requestId,
        position,
        title: step.title,
        help: step.help,
        required: step.required,
      })),
    )
    .execute()
  const required = type.checklist.filter((s) => s.required).map((s) => s.title)
  await heldBack(ctx, ticket.id, missingSteps(ticket.number, required))
}
