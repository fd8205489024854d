import { z } from 'zod'
import { done, id, pageOf, route, timelineEvent } from '../base.ts'
import { attachmentInput } from './attachments.ts'
import { disturbanceRoutes } from './disturbances.ts'
import * as escalation from './escalation.ts'
import * as hierarchy from './hierarchy.ts'
import * as inputs from './inputs.ts'
import { similarRoute, ticketKnowledgeRoutes } from './knowledge.ts'
import { linkRoutes } from './links.ts'
import * as macros from './macros.ts'
import { changeMatrixInput, matrixView } from './matrix.ts'
import { phoneRoutes } from './phone.ts'
import * as presence from './presence.ts'
import { ticketActed, ticketCounts, ticketDetail, ticketMessage, ticketProposal, ticketRow } from './shapes.ts'
import { snoozeInput } from './snooze.ts'
import { viewRoutes } from './views.ts'

export * from './attachments.ts'
export * from './can.ts'
export * from './disturbances.ts'
export * from './escalation.ts'
export * from './fields.ts'
export * from './hierarchy.ts'
export * from './inputs.ts'
export * from './knowledge.ts'
export * from './link-words.ts'
export * from './links.ts'
export * from './macros.ts'
export * from './matrix.ts'
export * from './phone.ts'
export * from './presence.ts'
export * from './priority.ts'
export * from './shapes.ts'
export * from './snooze.ts'
export * from './views.ts'
export * from './words.ts'

const tags = ['desk']
const acted = (
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: `/${string}`,
  summary: string,
  description?: string,
) => route.route({ method, path, summary, tags, ...(description ? { description } : {}) })

/** Tickets: trouble told by people and by machines, with its queue, its messages and its clocks. */
export const desk = {
  ...viewRoutes,
  list: route
    .route({ method: 'GET', path: '/tickets', summary: 'Tickets of a view, most pressing first', tags })
    .input(inputs.listTicketsInput)
    .output(pageOf(ticketRow)),
  counts: route
    .route({ method: 'GET', path: '/tickets/counts', summary: 'How many tickets are open, for the side bar', tags })
    .output(ticketCounts),
  atRisk: route
    .route({
      method: 'GET',
      path: '/tickets/at-risk',
      summary: 'Open tickets whose next clock runs out within four hours, soonest first',
      description:
        'The first response, the next update, the resolution or a cut-off: `dueClock` says which. At most 20.',
      tags,
    })
    .output(z.object({ items: z.array(ticketRow) })),
  proposal: route
    .route({
      method: 'GET',
      path: '/tickets/proposal',
      summary: 'What a ticket would become if it were opened now: priority, team, due times, and why',
      tags,
    })
    .input(inputs.proposalInput)
    .output(ticketProposal),
  matrix: route
    .route({ method: 'GET', path: '/priority-matrix', summary: 'Impact × urgency = priority', tags })
    .output(matrixView),
  changeMatrix: route
    .route({
      method: 'PUT',
      path: '/priority-matrix',
      summary: 'Change the priority matrix, for tickets from now on',
      tags,
    })
    .input(changeMatrixInput)
    .output(matrixView),
  similar: similarRoute,
  knowledge: ticketKnowledgeRoutes,
  open: route
    .route({ method: 'POST', path: '/tickets', summary: 'Open a ticket', tags, successStatus: 201 })
    .input(inputs.openTicketInput)
    .output(
      ticketActed.extend({ page: z.string().nullable().meta({ description: 'Who is paged, or why nobody is' }) }),
    ),
  get: route
    .route({ method: 'GET', path: '/tickets/{id}', summary: 'A ticket, by id or number', tags })
    .input(inputs.ticketInput)
    .output(ticketDetail),
  timeline: route
    .route({
      method: 'GET',
      path: '/tickets/{id}/timeline',
      summary: 'What happened to a ticket, newest first; replies and notes carry their text',
      tags,
    })
    .input(inputs.timelineInput)
    .output(pageOf(timelineEvent)),
  change: acted(
    'PATCH',
    '/tickets/{id}',
    'Change its words, service, impact, urgency or priority',
    'What is left out stays as it is. The priority follows from impact and urgency; to set it against the matrix, send it with a reason.',
  )
    .input(inputs.changeTicketInput)
    .output(ticketActed),
  reply: acted('POST', '/tickets/{id}/replies', 'Reply; the requester and the watchers read it')
    .input(inputs.replyInput)
    .output(
      ticketActed.extend({
        message: ticketMessage.nullable(),
        followUp: z
          .object({ id, number: z.string() })
          .nullable()
          .meta({ description: 'The new ticket, when the old one was closed already' }),
      }),
    ),
  note: acted('POST', '/tickets/{id}/notes', 'Write an internal note; requesters never see it')
    .input(inputs.messageInput)
    .output(ticketActed.extend({ message: ticketMessage })),
  callOut: acted(
    'POST',
    '/tickets/{id}/calls',
    'Log a call that was made about it',
    'One in which somebody was reached counts as an answer, as a reply does; what was said stays inside the desk.',
  )
    .input(inputs.callOutInput)
    .output(ticketActed.extend({ message: ticketMessage })),
  take: acted(
    'POST',
    '/tickets/{id}/assignee',
    'Take it: it is mine, unless somebody has it',
    'Of two who take it at once, the second is told who has it. A key names the person who takes it.',
  )
    .input(inputs.takeInput)
    .output(ticketActed),
  assign: acted('PUT', '/tickets/{id}/assignee', 'Give it to a person, whoever had it before')
    .input(inputs.assignInput)
    .output(ticketActed),
  unassign: acted('DELETE', '/tickets/{id}/assignee', 'Give it back to the queue')
    .input(inputs.ticketInput)
    .output(ticketActed),
  move: acted('PUT', '/tickets/{id}/team', 'Move it to another team').input(inputs.moveInput).output(ticketActed),
  pend: acted(
    'POST',
    '/tickets/{id}/pending',
    'Let it wait, for a reason and perhaps until a time',
    'Its clocks stand still where its SLA policy says so for that reason. It goes on at that time, or when whoever asked replies.',
  )
    .input(inputs.pendInput)
    .output(ticketActed),
  resume: acted('DELETE', '/tickets/{id}/pending', 'Go on with it: it waits no longer')
    .input(inputs.ticketInput)
    .output(ticketActed),
  resolve: acted('POST', '/tickets/{id}/resolution', 'Resolve it; whoever asked is told how')
    .input(inputs.resolveInput)
    .output(ticketActed),
  reopen: acted('DELETE', '/tickets/{id}/resolution', 'Reopen it: resolved or cancelled, it is open again')
    .input(inputs.reopenInput)
    .output(ticketActed),
  close: acted('POST', '/tickets/{id}/closure', 'Close it: the solution is confirmed')
    .input(inputs.ticketInput)
    .output(ticketActed),
  takeBackClosure: acted('DELETE', '/tickets/{id}/closure', 'Take the closing back: it is resolved again')
    .input(inputs.ticketInput)
    .output(ticketActed),
  cancel: acted('POST', '/tickets/{id}/cancellation', 'Cancel it: it is not wanted any more')
    .input(inputs.reasonInput)
    .output(ticketActed),
  watch: acted('PUT', '/tickets/{id}/watchers/{userId}', 'Watch it').input(inputs.watcherInput).output(ticketActed),
  unwatch: acted('DELETE', '/tickets/{id}/watchers/{userId}', 'Watch it no longer')
    .input(inputs.watcherInput)
    .output(ticketActed),
  escalate: acted('POST', '/tickets/{id}/escalation', 'Escalate it to another team, with a packet')
    .input(escalation.escalateInput)
    .output(ticketActed),
  withdrawEscalation: acted('DELETE', '/tickets/{id}/escalation', 'Take the escalation back before it is accepted')
    .input(inputs.ticketInput)
    .output(ticketActed),
  acceptEscalation: acted(
    'POST',
    '/tickets/{id}/escalation/acceptance',
    'Accept an escalation: the ticket is your team’s now',
    'For the team that it was escalated to. A key names the member of that team who takes it.',
  )
    .input(escalation.acceptInput)
    .output(ticketActed),
  takeBackAcceptance: acted('DELETE', '/tickets/{id}/escalation/acceptance', 'Take the acceptance back')
    .input(inputs.ticketInput)
    .output(ticketActed),
  sendBackEscalation: acted(
    'POST',
    '/tickets/{id}/escalation/return',
    'Send an escalation back to its sender, with a reason',
    'For the team that it was escalated to: say what is missing, or whose it is instead.',
  )
    .input(escalation.sendBackInput)
    .output(ticketActed),
  takeBackReturn: acted('DELETE', '/tickets/{id}/escalation/return', 'Take the sending back back: it waits again')
    .input(inputs.ticketInput)
    .output(ticketActed),
  escalations: route
    .route({
      method: 'GET',
      path: '/tickets/{id}/escalations',
      summary: 'The escalations of a ticket with their packets, newest first',
      tags,
    })
    .input(inputs.ticketInput)
    .output(escalation.escalationsOfTicket),
  packetDraft: route
    .route({
      method: 'GET',
      path: '/tickets/{id}/escalation/draft',
      summary: 'What a packet would begin with, from what the ticket knows',
      tags,
    })
    .input(inputs.ticketInput)
    .output(escalation.packetDraft),
  removeAttachment: route
    .route({ method: 'DELETE', path: '/attachments/{id}', summary: 'Remove a file for good', tags })
    .input(attachmentInput)
    .output(done),
  ...disturbanceRoutes,
  ...linkRoutes,
  ...phoneRoutes,
  escalateUp: acted('POST', '/tickets/{id}/hierarchical-escalation', 'Tell the leads or managers of its team, and why')
    .input(hierarchy.escalateUpInput)
    .output(ticketActed),
  snooze: acted('PUT', '/tickets/{id}/snooze', 'Leave it out of my own lists until a time, or until something happens')
    .input(snoozeInput)
    .output(ticketActed),
  unsnooze: acted('DELETE', '/tickets/{id}/snooze', 'Have it back in my lists')
    .input(inputs.ticketInput)
    .output(ticketActed),
  beHere: acted('PUT', '/tickets/{id}/presence', 'I look at it just now; answers who else does. Over after 30 s')
    .input(presence.presenceInput)
    .output(presence.presentPeople),
  leaveHere: acted('DELETE', '/tickets/{id}/presence', 'I look at it no longer').input(inputs.ticketInput).output(done),
  filledReplies: route
    .route({
      method: 'GET',
      path: '/tickets/{id}/canned-replies',
      summary: 'My canned replies, with their fields filled in for this ticket; the first 200',
      tags,
    })
    .input(macros.filledRepliesInput)
    .output(macros.filledReplies),
  runMacro: acted('POST', '/tickets/{id}/macro-runs', 'Run a macro: all its acts or none')
    .input(macros.runMacroInput)
    .output(ticketActed),
  undoMacro: acted('DELETE', '/tickets/{id}/macro-runs/{runId}', 'Take a macro back; what was written stays')
    .input(macros.undoMacroInput)
    .output(ticketActed),
  macros: {
    list: route
      .route({ method: 'GET', path: '/macros', summary: 'Macros by name', tags })
      .input(macros.listTemplatesInput)
      .output(pageOf(macros.macroView)),
    create: route
      .route({ method: 'POST', path: '/macros', summary: 'Write a macro', tags, successStatus: 201 })
      .input(macros.createMacroInput)
      .output(macros.macroView),
    change: acted('PATCH', '/macros/{id}', 'Change a macro').input(macros.changeMacroInput).output(macros.macroView),
    delete: acted('DELETE', '/macros/{id}', 'Delete a macro').input(macros.byId).output(done),
  },
  cannedReplies: {
    list: route
      .route({ method: 'GET', path: '/canned-replies', summary: 'Canned replies by name', tags })
      .input(macros.listTemplatesInput)
      .output(pageOf(macros.replyView)),
    create: route
      .route({ method: 'POST', path: '/canned-replies', summary: 'Write a canned reply', tags, successStatus: 201 })
      .input(macros.createReplyInput)
      .output(macros.replyView),
    change: acted('PATCH', '/canned-replies/{id}', 'Change a canned reply')
      .input(macros.changeReplyInput)
      .output(macros.replyView),
    delete: acted('DELETE', '/canned-replies/{id}', 'Delete a canned reply').input(macros.byId).output(done),
  },
  hierarchy: {
    list: route
      .route({ method: 'GET', path: '/hierarchy-rules', summary: 'When leads and managers are told, by team', tags })
      .output(hierarchy.hierarchySettings),
    set: acted('PUT', '/hierarchy-rules', 'Set when leads and managers are told')
      .input(hierarchy.setRulesInput)
      .output(done.extend({ version: z.number().int() })),
    remove: acted('DELETE', '/hierarchy-rules/{teamId}', 'Remove the rules of a team: those for all count')
      .input(hierarchy.teamRulesInput)
      .output(done),
  },
}
