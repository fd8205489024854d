import type { AnyRouter } from '@orpc/server'
import { sla as slaContract } from '../../../contract/sla/index.ts'
import { handlers } from '../../platform/http/handlers.ts'
import { act, read } from '../../platform/http/request.ts'
import { changePolicy } from './change-policy.ts'
import { createPolicy } from './create-policy.ts'
import { deletePolicy } from './delete-policy.ts'
import { movePolicy } from './move-policy.ts'
import { listSlaPolicies, readSlaPolicy } from './policy-views.ts'
import { previewSlaPolicy } from './preview-policy.ts'

export const slaRoutes: AnyRouter = handlers(slaContract, {
  list: read(listSlaPolicies),
  read: read(readSlaPolicy),
  preview: read(previewSlaPolicy),
  create: act(createPolicy),
  change: act(changePolicy),
  move: act(movePolicy),
  delete: act(deletePolicy),
})
