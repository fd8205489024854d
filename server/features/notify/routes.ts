import type { AnyRouter } from '@orpc/server'
import { notify } from '../../../contract/notify/index.ts'
import { invalid } from '../../platform/errors.ts'
import { handlers } from '../../platform/http/handlers.ts'
import { act, read } from '../../platform/http/request.ts'
import { addMethod, sendCode } from './add-method.ts'
import { removeMethod, setRules, testMethod } from './change-methods.ts'
import { showDeliveryTimes } from './delivery-times.ts'
import { readyForPush } from './push-identity.ts'
import { listChannels, listContacts, listDeliveries, showDelivery } from './queries.ts'
import { verifyMethod } from './verify-method.ts'

export const notifyRoutes: AnyRouter = handlers(notify, {
  contacts: read(listContacts),
  channels: read(listChannels),
  readyForPush: act(readyForPush),
  addMethod: act(addMethod),
  sendCode: act(sendCode),
  verify: async (call) => {
    const answer = await act(verifyMethod)(call)
    if (answer.wrong) throw invalid('code', answer.wrong)
    return answer.method
  },
  test: act(testMethod),
  removeMethod: act(removeMethod),
  setRules: act(setRules),
  deliveries: read(listDeliveries),
  deliveryTimes: read(showDeliveryTimes),
  delivery: read(showDelivery),
})
