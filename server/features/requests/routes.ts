import type { AnyRouter } from '@orpc/server'
import { requests as requestsContract } from '../../../contract/requests/index.ts'
import { handlers } from '../../platform/http/handlers.ts'
import { act, read } from '../../platform/http/request.ts'
import { countApprovals, findPeopleForApproval, listApprovals, readApproval } from './approval-queries.ts'
import { askAgain } from './ask-again.ts'
import { decideByLink, readByLink } from './by-link.ts'
import { changeRequestType } from './change-type.ts'
import { createRequestType } from './create-type.ts'
import { decideApproval } from './decide.ts'
import { delegateApproval } from './delegate.ts'
import { readRequestOfTicket } from './request-query.ts'
import { restoreRequestType, retireRequestType } from './retire-type.ts'
import { tickStep, untickStep } from './steps.ts'
import { submitRequest } from './submit.ts'
import { findPeopleForForm, listRequestTypes, readRequestType } from './type-queries.ts'

export const requestsRoutes: AnyRouter = handlers(requestsContract, {
  types: {
    list: read(listRequestTypes),
    get: read(readRequestType),
    people: read(findPeopleForForm),
    create: act(createRequestType),
    change: act(changeRequestType),
    retire: act(retireRequestType),
    restore: act(restoreRequestType),
  },
  approvals: {
    list: read(listApprovals),
    count: read(countApprovals),
    get: read(readApproval),
    people: read(findPeopleForApproval),
    decide: act(decideApproval),
    delegate: act(delegateApproval),
    byLink: readByLink,
    decideByLink,
  },
  submit: act(submitRequest),
  ofTicket: read(readRequestOfTicket),
  tick: act(tickStep),
  untick: act(untickStep),
  askAgain: act(askAgain),
})
