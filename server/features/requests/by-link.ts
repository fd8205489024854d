import { AppError } from '../../platform/errors.ts'
import type { RequestContext } from '../../platform/http/request.ts'
import { ask } from '../../platform/query.ts'
import { readLink } from '../../platform/signed-link.ts'
import { execute } from '../../platform/verb.ts'
import { findUser } from '../identity/index.ts'
import { readApproval } from './approval-queries.ts'
import { decideApproval } from './decide.ts'

/** Who bears a token: an actor of its own, who may decide what the link names and nothing else. */
const bearer = async ({ platform }: RequestContext, token: string) => {
  const found: { user: Awaited<ReturnType<typeof findUser>> } = { user: null }
  const link = await readLink(platform.db, platform.crypto, token, platform.clock.now(), async (id) => {
    found.user = await findUser(platform.db, id)
    return found.user?.name ?? null
  })
  if (link.state === 'expired')
    throw new AppError('not_found', 'This link has run out. Sign in to see what you are asked to approve.')
  if (link.state === 'unknown' || link.actor.verb !== decideApproval.name)
    throw new AppError(
      'not_found',
      'This link is not one that was given out here, or not whole. Copy it again from the message.',
    )
  if (found.user?.disabled)
    throw new AppError(
      'forbidden',
      'Your account is disabled, so nothing can be approved with this link. Somebody else is asked instead.',
    )
  return link.actor
}

/** Reading decides nothing: mail scanners open links. */
export const readByLink = async ({ context, input }: { context: RequestContext; input: { token: string } }) => {
  const actor = await bearer(context, input.token)
  const { id } = actor.input as { id: string }
  return { approval: await ask(context.platform, readApproval, { actor, input: { id } }), person: actor.name }
}

type Given = { token: string; decision: 'approve' | 'refuse'; reason?: string | undefined }

export const decideByLink = async ({ context, input }: { context: RequestContext; input: Given }) => {
  const { token, decision, reason } = input
  return execute(context.platform, decideApproval, {
    actor: await bearer(context, token),
    input: { decision, ...(reason === undefined ? {} : { reason }) },
  })
}
