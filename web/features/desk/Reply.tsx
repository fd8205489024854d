import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { TicketDetail } from '../../../contract/desk/shapes.ts'
import { api, query, uploadFile } from '../../api.ts'
import { paths } from '../../paths.ts'
import { statusOf } from '../../problem.ts'
import { Composer } from '../../ui/Composer.tsx'
import type { MessageKind } from '../../ui/reply-draft.ts'
import { toast } from '../../ui/toast.ts'
import { newerReply, newestReply, ReplyWarning } from './daily/ReplyWarning.tsx'
import { usePresence } from './daily/use-presence.ts'
import { useReplies } from './daily/use-replies.ts'
import { draftOf, listKeys, type Reader, ticketKeys } from './data.ts'
import { useReplyToAll } from './links/use-reply-to-all.tsx'
import { counted } from './words.ts'

/** Who reads a public reply, by name; undefined when nobody would. */
export const readersOf = (
  ticket: Pick<TicketDetail, 'requester' | 'watchers' | 'affected'>,
  reader: Pick<Reader, 'id' | 'desk'>,
): string | undefined => {
  if (!reader.desk) return 'support'
  const watchers = ticket.watchers.filter(({ id }) => id !== ticket.requester?.id && id !== reader.id)
  const [only] = watchers
  const others =
    watchers.length === 1 ? only?.name : watchers.length > 1 ? counted(watchers.length, 'watcher') : undefined
  const { affected } = ticket
  const hurt = affected ? `${affected > 1000 ? 'more than 1,000' : affected} whom it hurts` : undefined
  return [ticket.requester?.name, others, hurt].filter(Boolean).join(', ') || undefined
}

/** The reply box of a ticket: who will read it stands above it. */
export function Reply({ ticket, reader }: { ticket: TicketDetail; reader: Reader }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { number } = ticket
  const [writing, setWriting] = useState<MessageKind>()
  const [seen, setSeen] = useState(() => newestReply(ticket.messages))
  const newer = writing === 'public' ? newerReply(ticket.messages, seen, reader.id) : undefined
  usePresence(number, writing === 'public' ? 'reply' : (writing ?? null), reader.desk)
  const canned = useReplies(number, reader.desk)
  const mayReply = ticket.can.reply.ok || ticket.can.followUp.ok
  const family = useReplyToAll(ticket, reader)
  const to = mayReply ? family.to(readersOf(ticket, reader)) : undefined
  if (!to && !ticket.can.note.ok)
    return ticket.can.reply.why ? <div className="faint">{ticket.can.reply.why}</div> : null
  const send = async (kind: MessageKind, body: string, attachments: readonly string[], once: string) => {
    const context = { once }
    if (kind === 'note') await api.desk.note({ id: number, body, attachments: [...attachments] }, { context })
    else {
      const words = {
        id: number,
        body,
        attachments: [...attachments],
        ...(family.all && { toChildren: true }),
        ...(reader.desk && { seen }),
      }
      const { followUp } = await api.desk.reply(words, { context }).catch(async (error: unknown) => {
        // Somebody was faster: what he said is read now, and sending again is meant. Without an answer it may have gone
        // out: then it must be asked for again in the same words.
        if (statusOf(error) === 409) {
          const read = await client.fetchQuery(query.desk.get.queryOptions({ input: { id: number }, staleTime: 0 }))
          setSeen(newestReply(read.messages))
        }
        throw error
      })
      family.reset()
      if (followUp) {
        toast(`${number} is over, so your words opened ${followUp.number}.`)
        void navigate({ to: paths.ticket(followUp.number) })
      }
    }
    for (const queryKey of [...ticketKeys(number), ...listKeys()]) void client.invalidateQueries({ queryKey })
  }
  const onWriting = (kind: MessageKind | undefined) => {
    // What was there when one begins is what one has read.
    if (kind && !writing) setSeen(newestReply(ticket.messages))
    setWriting(kind)
  }
  return (
    <Composer
      draftKey={draftOf(number, reader)}
      to={to}
      notes={ticket.can.note.ok}
      send={send}
      upload={uploadFile}
      acts={family.toggle}
      onWriting={onWriting}
      above={reader.desk && <ReplyWarning number={number} newer={newer} />}
      texts={canned.items.map(({ id, name, body }) => ({ id, title: name, hint: body, words: body }))}
      textsWait={canned.waiting}
      textsFailed={canned.failed}
      textOf={({ id }) => canned.items.find((one) => one.id === id)?.body ?? ''}
      onTextTyped={canned.setTyped}
    />
  )
}
