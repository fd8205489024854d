import { Fragment } from 'react'
import { useMe } from '../../parts/frame-data.ts'
import { useNow } from '../../ui/now.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Loading } from '../../ui/States.tsx'
import { useZone } from '../../ui/Time.tsx'
import styles from './oncall.module.css'
import { type Steps, usePolicyPreview } from './use-policy-preview.ts'
import { afterWords, clockOf, lengthWords, timesWords } from './words.ts'

const MINUTE = 60_000

type Preview = NonNullable<ReturnType<typeof usePolicyPreview>['data']>

/** 'It begins again after 25 min …, and has run out after 50 min.' */
const endOf = ({ rounds, endsAtMinutes }: Preview): string => {
  const [, again] = rounds
  const end = `${lengthWords(endsAtMinutes * MINUTE)} after its start it has run out, and the ticket says that nobody answered.`
  if (again === undefined) return end
  return `After ${lengthWords(again * MINUTE)} it begins again, ${timesWords(rounds.length - 1)}. ${end}`
}

type Person = Preview['steps'][number]['people'][number]

/** Those who are paged for the same reason stand beside each other, with the reason once. */
const byReason = (people: readonly Person[]): [why: string, people: Person[]][] => [
  ...Map.groupBy(people, ({ why }) => why),
]

function Step({ step }: { step: Preview['steps'][number] }) {
  const me = useMe().data?.id
  return (
    <>
      <dt className="faint num">{step.atMinutes === null ? 'never' : afterWords(step.atMinutes)}</dt>
      <dd>
        {byReason(step.people).map(([why, people]) => (
          <div key={why}>
            {people.map(({ user }, index) => (
              <Fragment key={user?.id ?? 'nobody'}>
                {index > 0 && ', '}
                {user ? (
                  <b className={user.id === me ? styles.you : undefined}>{user.name}</b>
                ) : (
                  <b className={styles.nobody}>nobody</b>
                )}
              </Fragment>
            ))}
            <div className="muted">{why}</div>
          </div>
        ))}
      </dd>
    </>
  )
}

/** Who would be paged at this moment, step by step, if nobody answered: the same look-up that a page makes. */
export function WhatHappensNow({ steps, repeats }: { steps: Steps; repeats: number }) {
  const zone = useZone()
  const now = useNow()
  const preview = usePolicyPreview(steps, repeats)
  const nobodyAtAll = preview.data?.steps.every(({ people }) => people.every(({ user }) => user === null))
  return (
    <Panel title="What happens now" words={`if a page began at ${clockOf(now, zone)} and nobody answered`} pad>
      {!preview.complete && !preview.data && (
        <span className="muted">Choose to whom each step turns, and it is shown here.</span>
      )}
      {preview.complete && !preview.data && !preview.failed && <Loading lines={3} />}
      {preview.failed && <span className={styles.nobody}>{preview.failed}</span>}
      {preview.data && !preview.failed && (
        <div aria-live="polite">
          <dl className={styles.steps}>
            {preview.data.steps.map((step, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
              <Fragment key={index}>
                <Step step={step} />
              </Fragment>
            ))}
          </dl>
          <div className={`${nobodyAtAll ? styles.nobody : 'muted'} ${styles.after}`}>
            {nobodyAtAll ? 'It would reach nobody.' : endOf(preview.data)}
          </div>
        </div>
      )}
    </Panel>
  )
}
