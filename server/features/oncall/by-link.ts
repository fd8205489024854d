import { AppError } from '../../platform/errors.ts'
import type { RequestContext } from '../../platform/http/request.ts'
import { ask } from '../../platform/query.ts'
import { readLink } from '../../platform/signed-link.ts'
import { execute } from '../../platform/verb.ts'
import { findUser } from '../identity/index.ts'
import { showPage } from './page-queries.ts'
import { respondToPage } from './respond.ts'

/** Who bears a token: an actor of its own, who may do and read what the link names and nothing else. */
const bearer = async ({ platform }: RequestContext, token: string) => {
  const link = await readLink(platform.db, platform.crypto, token, platform.clock.now(), async (id) => {
    const user = await findUser(platform.db, id)
    return user && !user.disabled ? user.name : null
  })
  if (link.state === 'expired') throw new AppError('not_found', 'This link has run out. Sign in to see the page.')
  if (link.state === 'unknown' || link.actor.verb !== respondToPage.name)
    throw new AppError(
      'not_found',
      'This link is not one that was given out here, or not whole. Copy it again from the message.',
    )
  return link.actor
}

/** Reading acknowledges nothing: mail scanners open links. */
export const readByLink = async ({ context, input }: { context: RequestContext; input: { token: string } }) => {
  const actor = await bearer(context, input.token)
  const { pageId } = actor.input as { pageId: string }
  const page = await ask(context.platform, showPage, { actor, input: { id: pageId } })
  return { page, person: actor.name, ticketNumber: await ticketNumber(context, page.subject) }
}

export const answerByLink = async ({
  context,
  input,
}: {
  context: RequestContext
  input: { token: string; answer: 'acknowledge' | 'pass' }
}) =>
  execute(context.platform, respondToPage, {
    actor: await bearer(context, input.token),
    input: { answer: input.answer },
  })

// The brief's owner puts the way to the thing itself among its links.
const ticketNumber = async ({ platform }: RequestContext, subject: string): Promise<string | null> => {
  const row = await platform.db
    .selectFrom('pages')
    .select('brief')
    .where('subject', '=', subject)
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const links = (row?.brief as { links?: { url: string }[] } | undefined)?.links ?? []
  const path = links.map((l) => /\/tickets\/([A-Z]+-\d+)/.exec(l.url)?.[1]).find(Boolean)
  return path ?? null
}
