import type { AnyRouter } from '@orpc/server'
import { desk as deskContract } from '../../../contract/desk/index.ts'
import { handlers } from '../../platform/http/handlers.ts'
import { act, read } from '../../platform/http/request.ts'
import { addCaller } from './add-caller.ts'
import { assignTicket, takeIt, unassignTicket } from './assign.ts'
import { ticketsAtRisk } from './at-risk.ts'
import { removeAttachment } from './attachments/remove.ts'
import { callOut } from './call-out.ts'
import { cancelTicket } from './cancel.ts'
import { listCandidates } from './candidates.ts'
import { changeTicket } from './change.ts'
import { adoptTickets, disownTickets } from './children.ts'
import { closeTicket, takeBackClosure } from './close.ts'
import { countOf, countTickets } from './counts.ts'
import { joinDisturbance, leaveDisturbance } from './disturbances/join.ts'
import { listDisturbances, readDisturbance } from './disturbances/read.ts'
import { acceptEscalation, takeBackAcceptance } from './escalation/accept.ts'
import { readPacketDraft } from './escalation/draft.ts'
import { escalateTicket } from './escalation/escalate.ts'
import { readEscalations } from './escalation/read.ts'
import { sendBackEscalation, takeBackReturn } from './escalation/send-back.ts'
import { withdrawEscalation } from './escalation/withdraw.ts'
import { getTicket } from './get.ts'
import { helpWith, stopHelping } from './help.ts'
import { escalateUp } from './hierarchy/by-hand.ts'
import { readHierarchy, removeHierarchy, setHierarchy } from './hierarchy/settings.ts'
import { draftFromTicket } from './knowledge/draft.ts'
import { tickStep, untickStep } from './knowledge/follow.ts'
import { listTicketKnowledge, listTicketsOfKnowledge } from './knowledge/read.ts'
import { similarTickets } from './knowledge/similar.ts'
import { judgeKnowledge, unlinkKnowledge, useKnowledge } from './knowledge/use.ts'
import { linkTicket, unlinkTicket } from './link.ts'
import { listChildren, readLinks } from './links-query.ts'
import { listTickets } from './list.ts'
import { filledReplies } from './macros/filled.ts'
import { changeMacro, createMacro, deleteMacro } from './macros/manage.ts'
import { changeReply, createReply, deleteReply } from './macros/manage-replies.ts'
import { runMacro, undoMacro } from './macros/run.ts'
import { listMacros, listReplies } from './macros/views.ts'
import { changeMatrix, readMatrix } from './matrix.ts'
import { mergeTickets } from './merge.ts'
import { moveTicket } from './move.ts'
import { noteTicket } from './note.ts'
import { openByHand } from './open.ts'
import { pendTicket, resumeTicket } from './pend.ts'
import { logCall } from './phone/log-call.ts'
import { readPhoneLine } from './phone/read-phone-line.ts'
import { beHere, leaveHere } from './presence/presence.ts'
import { proposeTicket } from './proposal.ts'
import { removeCaller } from './remove-caller.ts'
import { reopenTicket } from './reopen.ts'
import { replyTicket } from './reply.ts'
import { resolveTicket } from './resolve.ts'
import { snoozeTicket, unsnoozeTicket } from './snooze.ts'
import { readTicketTimeline } from './timeline.ts'
import { unmergeTickets } from './unmerge.ts'
import { changeView, deleteView } from './views/change.ts'
import { listViews } from './views/read.ts'
import { saveView } from './views/save.ts'
import { unwatchTicket, watchTicket } from './watch.ts'

export const deskRoutes: AnyRouter = handlers(deskContract, {
  views: read(listViews),
  saveView: act(saveView),
  changeView: act(changeView),
  deleteView: act(deleteView),
  count: read(countOf),
  list: read(listTickets),
  counts: read(countTickets),
  atRisk: read(ticketsAtRisk),
  proposal: read(proposeTicket),
  matrix: read(readMatrix),
  changeMatrix: act(changeMatrix),
  similar: read(similarTickets),
  knowledge: {
    list: read(listTicketKnowledge),
    use: act(useKnowledge),
    unlink: act(unlinkKnowledge),
    judge: act(judgeKnowledge),
    tick: act(tickStep),
    untick: act(untickStep),
    draft: act(draftFromTicket),
    tickets: read(listTicketsOfKnowledge),
  },
  open: act(openByHand),
  get: read(getTicket),
  timeline: read(readTicketTimeline),
  change: act(changeTicket),
  reply: act(replyTicket),
  note: act(noteTicket),
  callOut: act(callOut),
  take: act(takeIt),
  assign: act(assignTicket),
  unassign: act(unassignTicket),
  move: act(moveTicket),
  pend: act(pendTicket),
  resume: act(resumeTicket),
  resolve: act(resolveTicket),
  reopen: act(reopenTicket),
  close: act(closeTicket),
  takeBackClosure: act(takeBackClosure),
  cancel: act(cancelTicket),
  watch: act(watchTicket),
  unwatch: act(unwatchTicket),
  escalate: act(escalateTicket),
  withdrawEscalation: act(withdrawEscalation),
  acceptEscalation: act(acceptEscalation),
  takeBackAcceptance: act(takeBackAcceptance),
  sendBackEscalation: act(sendBackEscalation),
  takeBackReturn: act(takeBackReturn),
  escalations: read(readEscalations),
  packetDraft: read(readPacketDraft),
  removeAttachment: act(removeAttachment),
  disturbances: read(listDisturbances),
  disturbance: read(readDisturbance),
  joinDisturbance: act(joinDisturbance),
  leaveDisturbance: act(leaveDisturbance),
  links: read(readLinks),
  children: read(listChildren),
  candidates: read(listCandidates),
  link: act(linkTicket),
  unlink: act(unlinkTicket),
  adopt: act(adoptTickets),
  disown: act(disownTickets),
  merge: act(mergeTickets),
  unmerge: act(unmergeTickets),
  addCaller: act(addCaller),
  removeCaller: act(removeCaller),
  readPhoneLine: read(readPhoneLine),
  logCall: act(logCall),
  help: act(helpWith),
  stopHelping: act(stopHelping),
  escalateUp: act(escalateUp),
  snooze: act(snoozeTicket),
  unsnooze: act(unsnoozeTicket),
  beHere: act(beHere),
  leaveHere: act(leaveHere),
  filledReplies: read(filledReplies),
  runMacro: act(runMacro),
  undoMacro: act(undoMacro),
  macros: { list: read(listMacros), create: act(createMacro), change: act(changeMacro), delete: act(deleteMacro) },
  cannedReplies: {
    list: read(listReplies),
    create: act(createReply),
    change: act(changeReply),
    delete: act(deleteReply),
  },
  hierarchy: { list: read(readHierarchy), set: act(setHierarchy), remove: act(removeHierarchy) },
})
