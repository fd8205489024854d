import { useState } from 'react'
import type { TicketDetail } from '../../../../contract/desk/shapes.ts'
import { messageOf } from '../../../parts/use-act.ts'
import { Act } from '../../../ui/Act.tsx'
import { useKeys } from '../../../ui/keys.ts'
import { Panel } from '../../../ui/Panel.tsx'
import { Empty } from '../../../ui/States.tsx'
import { isOpen } from '../words.ts'
import { useLinked, useSuggestions } from './data.ts'
import { type Entry, entriesOf } from './entries.ts'
import styles from './knowledge.module.css'
import { Peek } from './Peek.tsx'
import { SuggestionList } from './SuggestionList.tsx'
import { useKnown } from './use-known.ts'

/** What may help on this ticket: known errors, runbooks and articles, similar tickets, alerts and changes around it. */
export function Suggestions({ ticket, resolve }: { ticket: TicketDetail; resolve: (() => void) | undefined }) {
  const linked = useLinked(ticket.number, true)
  const suggested = useSuggestions(
    {
      text: ticket.told,
      serviceId: ticket.service?.id,
      except: ticket.number,
      before: ticket.openedAt,
    },
    true,
  )
  const used = new Set(linked.data?.items.map(({ item }) => item.id))
  const entries = entriesOf(suggested).filter(({ known }) => !known || !used.has(known.id))
  const [cursor, setCursor] = useState<string>()
  const [peeked, setPeeked] = useState<Entry>()
  const known = useKnown(ticket.number)
  const found = entries.findIndex(({ id }) => id === cursor)
  const at = Math.max(found, 0)
  const step = (by: number) => setCursor(entries[Math.min(Math.max(at + by, 0), entries.length - 1)]?.id)
  useKeys(
    [
      { key: ']', label: 'Next suggestion', kind: 'move', repeat: true, run: () => step(1) },
      { key: '[', label: 'Suggestion before', kind: 'move', repeat: true, run: () => step(-1) },
    ],
    { when: entries.length > 1 },
  )
  const acts = ({ known: item, ...entry }: Entry) => (
    <div className={styles.acts}>
      {item ? (
        <>
          <Act
            label={item.kind === 'runbook' ? 'Begin it' : 'Use it'}
            k="H"
            busy={known.use.busy}
            run={() => known.use.run(item)}
          />
          <Act label="Look" k="l" run={() => setPeeked({ ...entry, known: item })} />
          {ticket.kind === 'problem' && item.kind === 'known_error' && (
            <Act label="It comes from this" k="G" busy={known.origin.busy} run={() => known.origin.run(item)} />
          )}
          {item.answer && ticket.can.reply.ok && (
            <Act label="Into the reply" k="q" hint="what to tell people" run={() => known.quote(item)} />
          )}
          {(item.workaround || item.answer) && resolve && (
            <Act label="It solved it" k="Q" hint="resolve by it" run={() => known.solve(item, resolve)} />
          )}
        </>
      ) : (
        entry.to && <Act label="Open" k="l" to={entry.to} />
      )}
    </div>
  )
  if (!isOpen(ticket.state) && entries.length === 0) return null
  return (
    <Panel title="What may help" words={entries.length > 1 ? 'best first' : undefined}>
      {entries.length > 0 ? (
        <SuggestionList entries={entries} at={at} onAt={(index) => setCursor(entries[index]?.id)} acts={acts} />
      ) : (
        !suggested.waiting &&
        !suggested.failed && (
          <Empty title="Nothing known reads like this.">
            When it is solved, an article or a known error can be made of it in one act.
          </Empty>
        )
      )}
      {suggested.failed !== undefined && (
        <div className={`faint ${styles.failed}`}>Not all could be looked up. {messageOf(suggested.failed)}</div>
      )}
      {peeked?.known && <Peek number={peeked.known.number} title={peeked.title} onClose={() => setPeeked(undefined)} />}
    </Panel>
  )
}
