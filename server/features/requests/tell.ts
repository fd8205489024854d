import type { Context } from '../../platform/context.ts'
import { ref } from '../../platform/events.ts'
import { findUser } from '../identity/index.ts'
import { readerTime, stopTelling, tellUser } from '../notify/index.ts'
import { answersInWords } from './answer-words.ts'
import { namesIn } from './references.ts'
import type { RequestRow } from './request-rows.ts'

type Asked = { id: string; userId: string; why: string; expiresAt: Temporal.Instant }

const openers = { asked: 'asks for', reminded: 'still waits for your answer about' } as const

/**
 * Sends the question to an approver, with two buttons. Both lead to a page that asks for confirmation: opening a link
 * decides nothing, because mail scanners open links.
 */
export const tellApprover = async (
  ctx: Context,
  request: RequestRow,
  { id, userId, why, expiresAt }: Asked,
  how: keyof typeof openers,
): Promise<void> => {
  const answers = answersInWords(request.form, request.answers, await namesIn(ctx.db, request.form, request.answers))
  const who = request.requester_name ?? 'Somebody'
  const zone = (await findUser(ctx.db, userId))?.zone ?? 'UTC'
  await tellUser(ctx, {
    userId,
    class: 'conversation',
    urgency: 'low',
    message: {
      title: `${how === 'asked' ? 'To approve' : 'Reminder, to approve'}: ${request.number} ${request.title}`,
      lines: [
        `${who} ${openers[how]} “${request.type_name}”. Nothing happens before you approve or refuse it.`,
        ...answers.map(({ title, text }) => (text.includes('\n') ? `${title}:\n${text}` : `${title}: ${text}`)),
        `Why you: ${why}`,
      ],
      facts: [
        { label: 'Request', value: `${request.number} ${request.title}` },
        { label: 'Asked by', value: who },
        { label: 'Answer by', value: readerTime(expiresAt, zone) },
      ],
      links: [{ label: 'All that you are asked to approve', url: '/approvals' }],
    },
    subject: ref('approval', id),
    about: [ref('ticket', request.ticket_id)],
    reason: why,
    act: {
      label: 'Approve',
      links: [
        { label: 'Approve', path: '/approve', query: 'answer=approve', primary: true },
        { label: 'Refuse', path: '/approve', query: 'answer=refuse', primary: true },
      ],
      run: { name: 'approval.decide' },
      input: { id },
      readable: [ref('approval', id)],
      expiresAt,
    },
  })
}

/** It need not be answered any more: what was not sent yet is not sent. */
export const needNotAnswer = async (ctx: Context, approvalIds: readonly string[]): Promise<void> => {
  for (const id of approvalIds) {
    await stopTelling(ctx, ref('approval', id))
    ctx.cancelDue(`approval:${id}:remind`)
  }
}
