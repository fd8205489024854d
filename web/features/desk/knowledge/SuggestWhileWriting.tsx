import { useState } from 'react'
import { Act } from '../../../ui/Act.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import { type Told, useSuggestions } from './data.ts'
import { type Entry, entriesOf } from './entries.ts'
import styles from './knowledge.module.css'
import { Peek } from './Peek.tsx'
import { SuggestionList } from './SuggestionList.tsx'

/** What may help with a ticket that is still being written, as far as it is. */
export function SuggestWhileWriting({ told }: { told: Told }) {
  const suggested = useSuggestions(told, true)
  const entries = entriesOf(suggested)
  const [cursor, setCursor] = useState<string>()
  const [peeked, setPeeked] = useState<Entry>()
  if (entries.length === 0)
    return suggested.failed ? (
      <div className="faint">What may help could not be looked for. What you write is sent all the same.</div>
    ) : null
  const at = entries.findIndex(({ id }) => id === cursor)
  return (
    <Panel title="What may help" words="as far as it is written">
      <SuggestionList
        entries={entries}
        at={at < 0 ? undefined : at}
        onAt={(index) => setCursor(entries[index]?.id)}
        acts={(entry) =>
          entry.known && (
            <div className={styles.acts}>
              <Act label="Look" run={() => setPeeked(entry)} />
            </div>
          )
        }
      />
      {peeked?.known && <Peek number={peeked.known.number} title={peeked.title} onClose={() => setPeeked(undefined)} />}
    </Panel>
  )
}
