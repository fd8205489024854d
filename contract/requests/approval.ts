import { z } from 'zod'
import { id, line, named, pageOf, pageQuery, route } from '../base.ts'
import { answerView, approvalOf } from './request.ts'
import { foundPeople, peopleInput } from './request-type.ts'
import { decision, requestStates } from './words.ts'

/** What somebody is asked to approve. */

/** With all that an approver needs to decide. He need not be able to read the ticket. */
export const approvalView = approvalOf.extend({
  ticket: z.object({ id, number: z.string(), title: z.string() }),
  type: z.string(),
  requester: named.nullable(),
  answers: z.array(answerView),
  requestState: z.enum(requestStates),
  others: z.array(approvalOf).meta({ description: 'Who else was asked' }),
})
export type ApprovalView = z.output<typeof approvalView>

export const approvalIdInput = z.object({ id })
export const listApprovalsInput = pageQuery.extend({
  view: z
    .enum(['asked', 'answered'], 'must be asked or answered')
    .default('asked')
    .meta({ description: 'asked: what waits for my answer; answered: the rest of what I was asked' }),
})
const said = {
  decision,
  reason: line(500).optional().meta({ description: 'Whoever asked reads it. A refusal needs one' }),
}
const refusalNeedsReason = <T extends { decision?: string | undefined; reason?: string | undefined }>(d: T) =>
  d.decision !== 'refuse' || d.reason !== undefined
const needed = { path: ['reason'], error: 'must say why it is refused; whoever asked reads it' }

export const decideInput = z.object({ id, ...said }).refine(refusalNeedsReason, needed)
export const delegateInput = z.object({
  id,
  userId: id,
  reason: line(500).optional(),
})
export const approvalAnswer = z.object({
  result: z
    .enum(['approved', 'refused', 'already', 'over'])
    .meta({ description: 'already: it was decided before; over: nobody needs an answer any more' }),
  approval: approvalView,
})

const token = z.string().max(200)
const tags = ['approvals']
export const approvalRoutes = {
  list: route
    .route({ method: 'GET', path: '/approvals', summary: 'What I am asked to approve, newest first', tags })
    .input(listApprovalsInput)
    .output(pageOf(approvalView)),
  count: route
    .route({ method: 'GET', path: '/approvals/count', summary: 'How many wait for my answer', tags })
    .input(z.object({}))
    .output(z.object({ asked: z.number().int().max(1001) })),
  get: route
    .route({ method: 'GET', path: '/approvals/{id}', summary: 'An approval that I was asked for', tags })
    .input(approvalIdInput)
    .output(approvalView),
  people: route
    .route({
      method: 'GET',
      path: '/approvals/{id}/people',
      summary: 'People to whom an approval can be passed on, by a part of their name',
      tags,
    })
    .input(peopleInput.extend({ id }))
    .output(foundPeople),
  decide: route
    .route({ method: 'POST', path: '/approvals/{id}/decision', summary: 'Approve or refuse', tags })
    .input(decideInput)
    .output(approvalAnswer),
  delegate: route
    .route({
      method: 'POST',
      path: '/approvals/{id}/delegation',
      summary: 'Pass it on to somebody else: by whoever is asked, or by a lead of the team that fulfils it',
      tags,
    })
    .input(delegateInput)
    .output(approvalView),
  byLink: route
    .route({
      method: 'GET',
      path: '/approvals/by-link/{token}',
      summary: 'What the link of a mail asks to approve; reading it decides nothing',
      tags,
    })
    .input(z.object({ token }))
    .output(z.object({ approval: approvalView, person: z.string() })),
  decideByLink: route
    .route({ method: 'POST', path: '/approvals/by-link/{token}', summary: 'Approve or refuse by that link', tags })
    .input(z.object({ token, ...said }).refine(refusalNeedsReason, needed))
    .output(approvalAnswer),
}
