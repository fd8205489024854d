/**
 * Requests: what can be asked for (forms, checklists, approvals), what was asked, who approved it and what was done. A
 * request is a ticket of the desk; its answers, approvals and steps are kept here. Promises that a request keeps the
 * form it was filled with, that nobody approves what he asks for himself, that no request is resolved without its
 * approvals and its required steps, that whoever decides second is told what was decided, and that what somebody who
 * left was asked goes on to somebody else. Owns the tables request_types, request_type_versions, requests,
 * request_approvals and request_steps.
 */
import type { FeatureParts } from '../../platform/registry-of-work.ts'
import { askAgain } from './ask-again.ts'
import { changeRequestType } from './change-type.ts'
import { createRequestType } from './create-type.ts'
import { decideApproval } from './decide.ts'
import { requestTypeDeclaration } from './declare.ts'
import { delegateApproval } from './delegate.ts'
import { requestEvents } from './events.ts'
import { expireApproval } from './expire.ts'
import { reactions } from './reactions.ts'
import { remindApprover } from './remind.ts'
import { restoreRequestType, retireRequestType } from './retire-type.ts'
import { tickStep, untickStep } from './steps.ts'
import { submitRequest } from './submit.ts'

export { requestsRoutes } from './routes.ts'

export const requests: FeatureParts = {
  name: 'requests',
  verbs: [
    createRequestType,
    changeRequestType,
    retireRequestType,
    restoreRequestType,
    submitRequest,
    decideApproval,
    delegateApproval,
    remindApprover,
    expireApproval,
    askAgain,
    tickStep,
    untickStep,
  ],
  events: requestEvents,
  reactions,
  declarations: [requestTypeDeclaration],
}
