import type { TicketDetail } from '../../../../contract/desk/shapes.ts'
import { Callout } from '../../../ui/States.tsx'
import { Ago } from '../../../ui/Time.tsx'
import { usePresent } from './use-presence.ts'

type Message = TicketDetail['messages'][number]

/** The newest reply of somebody else that was not there when I began. */
export const newerReply = (messages: readonly Message[], seen: string | null, me: string): Message | undefined => {
  const replies = messages.filter(({ kind }) => kind === 'public')
  const after = replies.slice(replies.findIndex(({ id }) => id === seen) + 1)
  return after.findLast(({ author }) => author.id !== me)
}

export const newestReply = (messages: readonly Message[]): string | null =>
  messages.findLast(({ kind }) => kind === 'public')?.id ?? null

/** Before somebody sends: another writes a reply as well, or has sent one since I began. */
export function ReplyWarning({ number, newer }: { number: string; newer: Message | undefined }) {
  const writing = usePresent(number).filter(({ typing }) => typing === 'reply')
  if (newer)
    return (
      <Callout tone="warn">
        {newer.author.name} replied <Ago at={newer.at} />: read it first.
      </Callout>
    )
  if (writing.length === 0) return null
  return (
    <Callout tone="warn">
      {writing.map(({ name }) => name).join(' and ')} {writing.length > 1 ? 'write' : 'writes'} a reply too.
    </Callout>
  )
}
