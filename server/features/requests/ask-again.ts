import { canRequest, requestIdInput } from '../../../contract/requests/index.ts'
import { conflict, notFound } from '../../platform/errors.ts'
import { verb } from '../../platform/verb.ts'
import { askStage } from './ask.ts'
import { askedNow, lockRequest } from './request-rows.ts'
import { viewOf } from './request-view.ts'

/** Asks for the approvals anew, from the first stage, after they expired, were refused or found nobody. */
export const askAgain = verb('request.ask_again', {
  permission: 'ticket.work',
  input: requestIdInput,
  async run(ctx, { id }) {
    const request = await lockRequest(ctx, id)
    if (!request) throw notFound('The request')
    const why = canRequest.askAgain({ ...request, asked: (await askedNow(ctx.db, id)).length })
    if (why) throw conflict(why)
    await askStage(ctx, request, 0)
    return viewOf(ctx, id)
  },
})
