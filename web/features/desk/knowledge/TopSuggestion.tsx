import { useState } from 'react'
import type { TicketDetail } from '../../../../contract/desk/shapes.ts'
import { Act } from '../../../ui/Act.tsx'
import { Callout } from '../../../ui/States.tsx'
import { kindWords, usedWords } from '../../knowledge/words.ts'
import { isOpen } from '../words.ts'
import { useLinked, useSuggestions } from './data.ts'
import styles from './knowledge.module.css'
import { Peek } from './Peek.tsx'
import { useKnown } from './use-known.ts'

/** Beside the list there is room for the best of what is known; the ticket's own page has the rest. */
export function TopSuggestion({ ticket }: { ticket: TicketDetail }) {
  const open = isOpen(ticket.state)
  const linked = useLinked(ticket.number, open)
  const { known } = useSuggestions({ text: ticket.told, serviceId: ticket.service?.id, except: ticket.number }, open)
  const acts = useKnown(ticket.number)
  const [peeking, setPeeking] = useState(false)
  const used = new Set(linked.data?.items.map(({ item }) => item.id))
  const best = linked.data && known.find(({ id }) => !used.has(id))
  if (!open || !best) return null
  const why = [best.because, best.uses > 0 && usedWords(best)].filter(Boolean).join('; ')
  return (
    <Callout
      acts={
        <>
          <Act
            label={best.kind === 'runbook' ? 'Begin it' : 'Use it'}
            k="H"
            busy={acts.use.busy}
            run={() => acts.use.run(best)}
          />
          <Act label="Look" k="l" run={() => setPeeking(true)} />
          {best.answer && ticket.can.reply.ok && (
            <Act label="Into the reply" k="q" hint="what to tell people" run={() => acts.quote(best)} />
          )}
        </>
      }
    >
      <div className={styles.two} title={`${best.title} (${why})`}>
        <b>
          {kindWords[best.kind]} {best.number}
        </b>{' '}
        {best.title} <span className="muted">({why})</span>
      </div>
      {best.gist && <div className={styles.two}>{best.gist}</div>}
      {peeking && <Peek number={best.number} title={best.title} onClose={() => setPeeking(false)} />}
    </Callout>
  )
}
