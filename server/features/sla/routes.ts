import { implement } from '@orpc/server'
import { sla as slaContract } from '../../../contract/sla/index.ts'
import { act, type RequestContext, read } from '../../platform/http/request.ts'
import { changeTargets } from './change-targets.ts'
import { listSlaPolicies } from './queries.ts'

const os = implement(slaContract).$context<RequestContext>()

export const slaRoutes = os.router({
  list: os.list.handler(read(listSlaPolicies)),
  changeTargets: os.changeTargets.handler(act(changeTargets)),
})
