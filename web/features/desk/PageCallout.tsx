import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { TicketDetail } from '../../../contract/desk/shapes.ts'
import type { PageView } from '../../../contract/oncall/index.ts'
import { api } from '../../api.ts'
import { Kbd } from '../../ui/Kbd.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Callout } from '../../ui/States.tsx'
import { toast, toastError } from '../../ui/toast.ts'
import { NextStep } from '../oncall/NextStep.tsx'
import { listKeys, type Reader, ticketKeys } from './data.ts'
import { PageState } from './PageState.tsx'
import { mayAnswer, openPageOf } from './paging.ts'

const said = {
  acknowledged: 'You have it.',
  passed: 'Passed to the next person.',
  over: 'It was over already.',
} as const

function Callable({ page, ticket, may }: { page: PageView; ticket: TicketDetail; may: boolean }) {
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const answer = async (how: 'acknowledge' | 'pass') => {
    setBusy(true)
    try {
      const { result, by } = await api.oncall[how]({ pageId: page.id })
      toast(result === 'already' ? `${by ?? 'Somebody'} has it already.` : said[result])
      // What follows from it (the ticket is theirs) is a moment later, and comes by the live feed.
      for (const queryKey of [...ticketKeys(ticket.number), ...listKeys()]) void client.invalidateQueries({ queryKey })
    } catch (error) {
      toastError(error)
    } finally {
      setBusy(false)
    }
  }
  useKeys(
    [
      { key: 'h', label: 'Acknowledge', run: () => void answer('acknowledge') },
      { key: 'P', label: 'Pass to the next person', run: () => void answer('pass') },
    ],
    { when: may && !busy },
  )
  return (
    <Callout
      tone={page.state === 'exhausted' ? 'down' : 'warn'}
      acts={
        may && (
          <>
            <Button
              variant="filled"
              loading={busy}
              rightSection={<Kbd k="h" />}
              aria-keyshortcuts="h"
              onClick={() => void answer('acknowledge')}
            >
              Acknowledge
            </Button>
            {page.state === 'paging' && (
              <Button
                disabled={busy}
                rightSection={<Kbd k="P" />}
                aria-keyshortcuts="Shift+P"
                onClick={() => void answer('pass')}
              >
                Pass to the next person
              </Button>
            )}
          </>
        )
      }
    >
      <PageState page={page} />
      {page.next && (
        <div className="muted">
          <NextStep of={page.next} />
        </div>
      )}
    </Callout>
  )
}

/** While somebody is being called for a ticket: who, and "I have it" for those who may say so. */
export function PageCallout({ ticket, reader }: { ticket: TicketDetail; reader: Reader }) {
  const page = openPageOf(ticket)
  return page ? <Callable page={page} ticket={ticket} may={mayAnswer(page, reader, ticket.team?.id)} /> : null
}
