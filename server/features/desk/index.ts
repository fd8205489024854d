/**
 * Desk: tickets of all four kinds, with their states, priority, clocks, people, messages and timeline. Promises that
 * what may be done in a state is decided by one table (contract/desk/can.ts), that of two who act at once the second
 * is told what the first did, that a priority can always be explained, and that a requester never reads another's
 * ticket, an internal note or an internal event. Tickets come together by links, by merging and as children of one
 * incident, so that one reply answers all. Owns the tables tickets, ticket_words, ticket_search, ticket_knowledge,
 * ticket_runbook_steps, ticket_clocks, messages, watchers, ticket_links, ticket_callers, ticket_helpers, attachments
 * (whose bytes lie in the data folder), affected_people, priority_matrix, escalations, macros, canned replies, snoozes,
 * presences and the rules of hierarchical escalation. What features to the right know of a ticket they push as a mark;
 * what they want said on it, as a note or an event about it.
 */
import type { Feature } from '../../platform/registry-of-work.ts'
import { addCaller } from './add-caller.ts'
import { assignTicket, takeIt, unassignTicket } from './assign.ts'
import { attachmentEvents } from './attachments/events.ts'
import { mountAttachments } from './attachments/http.ts'
import { removeAttachment, unlinkFile } from './attachments/remove.ts'
import { tidyAttachments } from './attachments/tidy.ts'
import { beginUpload, dropUpload, finishUpload } from './attachments/upload.ts'
import { callOut } from './call-out.ts'
import { cancelTicket } from './cancel.ts'
import { changeTicket } from './change.ts'
import { adoptTickets, disownTickets } from './children.ts'
import { closeTicket, takeBackClosure } from './close.ts'
import { closeByItself } from './close-by-itself.ts'
import { daily } from './daily.ts'
import { matrixDeclaration } from './declare-matrix.ts'
import { joinDisturbance, leaveDisturbance } from './disturbances/join.ts'
import { ticketEvents } from './events.ts'
import { clockEvents } from './events-clocks.ts'
import { helpWith, stopHelping } from './help.ts'
import { draftFromTicket } from './knowledge/draft.ts'
import { ticketKnowledgeEvents } from './knowledge/events.ts'
import { tickStep, untickStep } from './knowledge/follow.ts'
import { judgeKnowledge, unlinkKnowledge, useKnowledge } from './knowledge/use.ts'
import { linkTicket, unlinkTicket } from './link.ts'
import { changeMatrix } from './matrix.ts'
import { mergeTickets } from './merge.ts'
import { moveTicket } from './move.ts'
import { noteTicket } from './note.ts'
import { openByHand } from './open.ts'
import { pageInHours } from './page.ts'
import { pendTicket, resumeTicket } from './pend.ts'
import { logCall } from './phone/log-call.ts'
import { reactions } from './reactions.ts'
import { recomputeClocks } from './recompute-clocks.ts'
import { removeCaller } from './remove-caller.ts'
import { reopenTicket } from './reopen.ts'
import { replyTicket } from './reply.ts'
import { resolveTicket } from './resolve.ts'
import { ringClocks } from './ring-clocks.ts'
import { unmergeTickets } from './unmerge.ts'
import { changeView, deleteView } from './views/change.ts'
import { viewEvents } from './views/events.ts'
import { saveView } from './views/save.ts'
import { wakeTicket } from './wake.ts'
import { unwatchTicket, watchTicket } from './watch.ts'

export { closeAfterDays } from './after-days.ts'
export { cancelRefused, goOnApproved, waitForApproval } from './approval.ts'
export { disturbancesBetween } from './disturbances/past.ts'
export { ticketEscalationAccepted, ticketEscalationRestored } from './escalation/events.ts'
export {
  ticketAssigned,
  ticketCancelled,
  ticketOpened,
  ticketReopened,
  ticketReplied,
  ticketResolved,
} from './events.ts'
export { ticketMerged, ticketUnmerged } from './events-links.ts'
export { heldBack, recordOn } from './hold.ts'
export { mark } from './mark.ts'
export { noteOn } from './note.ts'
export { type OpenTicket, openTicket } from './open-ticket.ts'
export { refreshTicketBrief as refreshBrief } from './refresh.ts'
export { sayOn } from './reply.ts'
export { resolveByItself } from './resolve.ts'
export { deskRoutes } from './routes.ts'
export { acted as actedOn } from './save.ts'
export { loadTicket } from './ticket.ts'

export const desk: Feature = {
  name: 'desk',
  names: [{ kind: 'ticket', table: 'tickets', column: 'number' }],
  verbs: [
    openByHand,
    saveView,
    changeView,
    deleteView,
    changeTicket,
    replyTicket,
    noteTicket,
    callOut,
    takeIt,
    assignTicket,
    unassignTicket,
    moveTicket,
    pendTicket,
    resumeTicket,
    wakeTicket,
    pageInHours,
    resolveTicket,
    reopenTicket,
    closeTicket,
    takeBackClosure,
    closeByItself,
    cancelTicket,
    watchTicket,
    unwatchTicket,
    ...daily.verbs,
    beginUpload,
    finishUpload,
    dropUpload,
    removeAttachment,
    joinDisturbance,
    leaveDisturbance,
    ringClocks,
    recomputeClocks,
    changeMatrix,
    useKnowledge,
    unlinkKnowledge,
    judgeKnowledge,
    tickStep,
    untickStep,
    draftFromTicket,
    linkTicket,
    unlinkTicket,
    adoptTickets,
    disownTickets,
    mergeTickets,
    unmergeTickets,
    addCaller,
    removeCaller,
    logCall,
    helpWith,
    stopHelping,
  ],
  effects: [unlinkFile],
  events: [
    ...ticketEvents,
    ...ticketKnowledgeEvents,
    ...daily.events,
    ...attachmentEvents,
    ...clockEvents,
    ...viewEvents,
  ],
  reactions,
  declarations: [matrixDeclaration, ...daily.declarations],
  schedule: [...daily.schedule, tidyAttachments],
  mount: mountAttachments,
}
