import type { ReactNode } from 'react'
import { Act } from '../../ui/Act.tsx'
import { DurationStack } from '../../ui/DurationStack.tsx'
import { Status } from '../../ui/Marks.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout, Empty, Failed } from '../../ui/States.tsx'
import { duration } from '../../ui/time.ts'
import { phasesOf } from './LastLook.tsx'
import { LookFacts, Sample } from './Look.tsx'
import styles from './monitors.module.css'
import type { Trial } from './use-trial.ts'
import { outcomeTone, outcomeWords } from './words.ts'

const titles = {
  ok: 'It answers',
  degraded: 'It answers',
  failed: 'It does not answer as it should',
  blind: 'We could not look',
}

/** What was seen when it was tried. `help` says what a look does; `consequence`, what follows from what was seen. */
export function Answer({
  trial,
  help,
  onTry,
  consequence,
}: {
  trial: Trial
  help: string
  onTry: () => void
  consequence: ReactNode
}) {
  const seen = trial.seen ?? trial.old
  const again = <Act label={seen ? 'Try again' : 'Try'} k="r" busy={trial.busy} run={onTry} />
  if (trial.failed && !trial.busy)
    return (
      <Panel title="It could not be tried" right={again}>
        <Failed what="Nothing was looked at." error={new Error(trial.failed)} />
      </Panel>
    )
  if (!seen)
    return (
      <Panel title={trial.busy ? 'Looking…' : 'Not tried yet'} right={again}>
        <Empty title={trial.busy ? 'One look is under way.' : 'Try it: one look, and nothing is saved.'}>{help}</Empty>
      </Panel>
    )
  const stale = !trial.seen
  return (
    <Panel
      title={
        <span className={styles.title}>
          {titles[seen.outcome]}
          {!stale && (
            <Status tone={outcomeTone[seen.outcome]}>
              <span className={styles.light}>
                {outcomeWords[seen.outcome]}, {duration(seen.ms)}
              </span>
            </Status>
          )}
        </span>
      }
      right={again}
    >
      <div role="status" aria-live="polite" className="sr-only">
        {stale ? '' : `${titles[seen.outcome]}: ${seen.message}`}
      </div>
      <div data-stale={stale || undefined} className={styles.answer}>
        {stale && <Callout tone="note">This answer is from before your last change. Try it again.</Callout>}
        {!stale && consequence}
        {!stale && seen.outcome !== 'ok' && <p>{seen.message}</p>}
        {phasesOf(seen.timings).length > 0 && <DurationStack phases={phasesOf(seen.timings)} />}
      </div>
      <LookFacts facts={seen.facts} />
      <Sample sample={seen.sample} />
    </Panel>
  )
}
