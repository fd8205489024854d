import { useState } from 'react'
import type { z } from 'zod'
import type { system } from '../../../contract/system.ts'
import { api } from '../../api.ts'
import { useAct } from '../../parts/use-act.ts'
import { Act } from '../../ui/Act.tsx'
import { Status } from '../../ui/Marks.tsx'
import { Stamp } from '../../ui/Time.tsx'

type Part = z.output<(typeof system.verification)['~orpc']['outputSchema'] & z.ZodType>
type Found = Pick<Part, 'from' | 'broken'> & { events: number; done: boolean }

/** Whether the log is as it was written: every seal is hashed again, some at a time. */
export function useChain() {
  const [found, setFound] = useState<Found>()
  const verify = useAct(async () => {
    let sum: Found = { events: 0, from: null, broken: null, done: false }
    for (let after: number | null = 0; after !== null; ) {
      const part: Part = await api.system.verification({ after })
      sum = {
        events: sum.events + part.events,
        from: after === 0 ? part.from : sum.from,
        broken: part.broken,
        done: part.broken !== null || part.next === null,
      }
      setFound(sum)
      after = part.broken ? null : part.next
    }
  }, {})
  const act = <Act label="Verify the log" k="r" busy={verify.busy} run={() => verify.run(undefined)} />
  return { act, words: found && <Chain found={found} /> }
}

function Chain({ found: { events, from, broken, done } }: { found: Found }) {
  const count = `${events.toLocaleString('en')} ${events === 1 ? 'event' : 'events'}`
  if (broken)
    return (
      <Status tone="down">
        <span>
          Seal {broken.number}, made <Stamp at={broken.to} />, does not fit. {broken.why}{' '}
          {events > 0 && `${count} before it are as they were written.`}
        </span>
      </Status>
    )
  if (!done) return <span className="muted">{count} so far are as they were written.</span>
  if (events === 0) return <span className="muted">Nothing is sealed yet: a seal is made every five minutes.</span>
  return (
    <Status tone="ok">
      <span>
        {count} are as they were written
        {from && (
          <>
            , since a backup was restored <Stamp at={from} />
          </>
        )}
        .
      </span>
    </Status>
  )
}
