import { approvalRoutes } from './approval.ts'
import { requestRoutes } from './request.ts'
import { requestTypeRoutes } from './request-type.ts'

export * from './approval.ts'
export * from './can.ts'
export * from './form.ts'
export * from './request.ts'
export * from './request-type.ts'
export * from './words.ts'

/** Requests: what can be asked for, what was asked, and who approves it. */
export const requests = { types: requestTypeRoutes, approvals: approvalRoutes, ...requestRoutes }
