import { sla as slaContract } from '../../../contract/sla/index.ts'
import { handlers } from '../../platform/http/handlers.ts'
import { act, read } from '../../platform/http/request.ts'
import { changeTargets } from './change-targets.ts'
import { listSlaPolicies } from './queries.ts'

export const slaRoutes = handlers(slaContract, {
  list: read(listSlaPolicies),
  changeTargets: act(changeTargets),
})
