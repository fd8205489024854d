import { Button } from '@mantine/core'
import { useState } from 'react'
import type { TicketDetail } from '../../../../contract/desk/shapes.ts'
import { Kbd } from '../../../ui/Kbd.tsx'
import { useKeys } from '../../../ui/keys.ts'
import type { Reader } from '../data.ts'
import { counted } from '../words.ts'
import { useLinks } from './data.ts'

/**
 * One reply answers all: whether it goes to the children's requesters as well, and who reads it then. It is off until
 * somebody says so, for what one person is told is not always for everybody.
 */
export const useReplyToAll = (ticket: TicketDetail, reader: Reader) => {
  const found = useLinks(ticket.number, reader.desk)
  const [wanted, setWanted] = useState(false)
  const open = found.data?.children.open ?? 0
  const family = found.data?.family
  const possible = reader.desk && ticket.can.reply.ok && open > 0 && family !== undefined
  const all = possible && wanted
  const others =
    all && family
      ? `${counted(family.people, 'more person', 'more people')} on ${counted(family.tickets, 'ticket')}`
      : undefined
  const merged =
    !all && family && family.ofMerged > 0
      ? `${counted(family.ofMerged, 'person', 'people')} of merged tickets`
      : undefined
  useKeys(
    [
      {
        key: 'A',
        label: wanted ? 'Reply to this ticket alone' : 'Reply to all its children',
        run: () => setWanted(!wanted),
      },
    ],
    {
      when: possible,
    },
  )
  return {
    all,
    /** Who reads it, beside its own people. */
    to: (own: string | undefined) => [own, others, merged].filter(Boolean).join(' and ') || undefined,
    toggle: possible ? (
      <Button
        aria-pressed={wanted}
        variant={wanted ? 'light' : 'default'}
        rightSection={<Kbd k="A" />}
        aria-keyshortcuts="A"
        onClick={() => setWanted(!wanted)}
      >
        To all {counted(open, 'child', 'children')}
      </Button>
    ) : undefined,
    reset: () => setWanted(false),
  }
}
