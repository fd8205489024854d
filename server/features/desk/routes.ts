import { implement } from '@orpc/server'
import { desk as deskContract } from '../../../contract/desk/index.ts'
import { act, type RequestContext, read } from '../../platform/http/request.ts'
import { assignTicket, takeIt, unassignTicket } from './assign.ts'
import { cancelTicket } from './cancel.ts'
import { changeTicket } from './change.ts'
import { closeTicket, takeBackClosure } from './close.ts'
import { countTickets } from './counts.ts'
import { getTicket } from './get.ts'
import { listTickets } from './list.ts'
import { moveTicket } from './move.ts'
import { noteTicket } from './note.ts'
import { openByHand } from './open.ts'
import { pendTicket, resumeTicket } from './pend.ts'
import { reopenTicket } from './reopen.ts'
import { replyTicket } from './reply.ts'
import { resolveTicket } from './resolve.ts'
import { readTicketTimeline } from './timeline.ts'
import { unwatchTicket, watchTicket } from './watch.ts'

const os = implement(deskContract).$context<RequestContext>()

export const deskRoutes = os.router({
  list: os.list.handler(read(listTickets)),
  counts: os.counts.handler(read(countTickets)),
  open: os.open.handler(act(openByHand)),
  get: os.get.handler(read(getTicket)),
  timeline: os.timeline.handler(read(readTicketTimeline)),
  change: os.change.handler(act(changeTicket)),
  reply: os.reply.handler(act(replyTicket)),
  note: os.note.handler(act(noteTicket)),
  take: os.take.handler(act(takeIt)),
  assign: os.assign.handler(act(assignTicket)),
  unassign: os.unassign.handler(act(unassignTicket)),
  move: os.move.handler(act(moveTicket)),
  pend: os.pend.handler(act(pendTicket)),
  resume: os.resume.handler(act(resumeTicket)),
  resolve: os.resolve.handler(act(resolveTicket)),
  reopen: os.reopen.handler(act(reopenTicket)),
  close: os.close.handler(act(closeTicket)),
  takeBackClosure: os.takeBackClosure.handler(act(takeBackClosure)),
  cancel: os.cancel.handler(act(cancelTicket)),
  watch: os.watch.handler(act(watchTicket)),
  unwatch: os.unwatch.handler(act(unwatchTicket)),
})
