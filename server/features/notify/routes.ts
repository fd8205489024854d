import { implement } from '@orpc/server'
import { notify } from '../../../contract/notify/index.ts'
import { invalid } from '../../platform/errors.ts'
import { act, type RequestContext, read } from '../../platform/http/request.ts'
import { addMethod, sendCode } from './add-method.ts'
import { removeMethod, setRules, testMethod } from './change-methods.ts'
import { listChannels, listContacts, listDeliveries, showDelivery } from './queries.ts'
import { verifyMethod } from './verify-method.ts'

const os = implement(notify).$context<RequestContext>()

export const notifyRoutes = os.router({
  contacts: os.contacts.handler(read(listContacts)),
  channels: os.channels.handler(read(listChannels)),
  addMethod: os.addMethod.handler(act(addMethod)),
  sendCode: os.sendCode.handler(act(sendCode)),
  verify: os.verify.handler(async (call) => {
    const answer = await act(verifyMethod)(call)
    if (answer.wrong) throw invalid('code', answer.wrong)
    return answer.method
  }),
  test: os.test.handler(act(testMethod)),
  removeMethod: os.removeMethod.handler(act(removeMethod)),
  setRules: os.setRules.handler(act(setRules)),
  deliveries: os.deliveries.handler(read(listDeliveries)),
  delivery: os.delivery.handler(read(showDelivery)),
})
