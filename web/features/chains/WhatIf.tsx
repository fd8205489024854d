import { Button } from '@mantine/core'
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { type RefObject, useState } from 'react'
import { tellEnd } from '../../../contract/chains/minutes.ts'
import { query } from '../../api.ts'
import { messageOf } from '../../parts/use-act.ts'
import { useEscapeOfFields } from '../../ui/focus.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Callout } from '../../ui/States.tsx'
import { clock, millis, span, zoneName } from '../../ui/time.ts'
import styles from './chains.module.css'
import type { Night, WhatIfAnswer } from './data.ts'
import { WhatIfForm } from './WhatIfForm.tsx'
import { aboutOf, actWords, type Given, withAct } from './what-if.ts'
import { oddsWords, slackWords } from './words.ts'

/** What acting would change, beside what comes as things are. Nothing is done by it. */
export function WhatIf({
  night,
  part,
  onClose,
}: {
  night: Night
  /** Where its fields stand. */
  part: RefObject<HTMLDivElement | null>
  onClose: () => void
}) {
  const [acts, setActs] = useState<readonly Given[]>([])
  const { id } = night.deadline
  const answer = useQuery({
    ...query.chains.whatIf.queryOptions({
      input: acts.length > 0 ? { id, date: night.date, acts: [...acts] } : skipToken,
    }),
    placeholderData: keepPreviousData,
    staleTime: 15_000,
    refetchInterval: 30_000,
  })
  useEscapeOfFields(part, onClose)
  useKeys([{ key: 'Escape', label: 'Close what if', kind: 'move', run: onClose }])
  const nameOf = (job: string) => night.jobs.find((one) => one.id === job)?.name ?? 'A job'
  return (
    <Panel title="What if" words="nothing is done by it" fill>
      <div ref={part} className={styles.what}>
        <WhatIfForm night={night} onAdd={(act) => setActs(withAct(acts, act))} />
        {acts.length > 0 && (
          <ul className={styles.acts} aria-label="What is assumed">
            {acts.map((act) => (
              <li key={aboutOf(act)}>
                <span>{actWords(act, nameOf, night.zone)}</span>
                <button
                  type="button"
                  aria-label={`Leave out: ${actWords(act, nameOf, night.zone)}`}
                  onClick={() => setActs(acts.filter((one) => one !== act))}
                >
                  ×
                </button>
              </li>
            ))}
          </ul>
        )}
        {answer.isError && (
          <div role="alert">
            <Callout tone="down">{messageOf(answer.error)}</Callout>
          </div>
        )}
        <Beside night={night} answer={acts.length > 0 ? answer.data : undefined} waiting={answer.isFetching} />
        {acts.length > 0 && (
          <div>
            <Button onClick={() => setActs([])}>As it is</Button>
          </div>
        )}
      </div>
    </Panel>
  )
}

type Side = Pick<WhatIfAnswer['before'], 'odds' | 'p50' | 'p95' | 'endsAt' | 'slackMs' | 'dueAt'>

function Beside({ night, answer, waiting }: { night: Night; answer: WhatIfAnswer | undefined; waiting: boolean }) {
  const { zone } = night
  const before: Side = answer?.before ?? { ...night.forecast, dueAt: night.words.dueAt }
  const after = answer?.after
  const time = (at: string | null) => (at ? clock(at, zone) : 'no end')
  const end = (at: string | null) => (at ? clock(tellEnd(millis(at)), zone) : 'no end')
  const rows: readonly [string, (side: Side) => string][] = [
    ['Odds to miss', (side) => oddsWords(side.odds)],
    ['Deadline', (side) => time(side.dueAt)],
    ['Expected end', (side) => end(side.endsAt)],
    ['P50', (side) => end(side.p50)],
    ['P95', (side) => end(side.p95)],
    ['Slack', (side) => slackWords(side.slackMs)],
  ]
  return (
    <div aria-live="polite" aria-busy={waiting}>
      <table className={styles.beside}>
        <caption className="sr-only">As it is, and with what is assumed. Times of {zoneName(zone)}.</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">As it is</th>
            <th scope="col">With this</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, said]) => (
            <tr key={label} data-moves={(after && said(after) !== said(before)) || undefined}>
              <th scope="row">{label}</th>
              <td className="num">{said(before)}</td>
              <td className="num">{after ? said(after) : <span className="faint">–</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {!answer && (
        <p className="faint">
          Choose a job and what becomes of it. Several acts count together; the one on which it hangs is offered first.
        </p>
      )}
      {answer && <Moved answer={answer} zone={zone} />}
    </div>
  )
}

const most = 12

/** Whose ends move, what moves most first. */
function Moved({ answer: { jobs }, zone }: { answer: WhatIfAnswer; zone: string }) {
  if (jobs.length === 0) return <p className="muted">The end of no job changes by it.</p>
  return (
    <>
      <h3 className={styles.sub}>Ends that move</h3>
      <ul className={styles.moved}>
        {jobs.slice(0, most).map(({ id, name, endsBefore, endsAfter }) => (
          <li key={id}>
            <span className="mono clip">{name}</span>
            <span className="num muted">
              {endsBefore ? clock(endsBefore, zone) : 'no end'} → {endsAfter ? clock(endsAfter, zone) : 'no end'}
            </span>
            <b className="num">{endsBefore && endsAfter ? movedWords(millis(endsAfter) - millis(endsBefore)) : ''}</b>
          </li>
        ))}
      </ul>
      {jobs.length > most && <p className="faint">and {jobs.length - most} more</p>}
    </>
  )
}

const movedWords = (ms: number) => `${ms < 0 ? '−' : '+'}${span(ms)}`
