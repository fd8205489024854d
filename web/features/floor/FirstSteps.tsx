import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useMe } from '../../parts/frame-data.ts'
import { Panel } from '../../ui/Panel.tsx'
import type { SetUp } from './data.ts'
import styles from './floor.module.css'
import { type Step, stepsOf } from './steps.ts'

const hiddenKey = 'watchfloor.first-steps-hidden'

/** Whether somebody has put the first steps away on this machine. */
export const useHidden = (): [hidden: boolean, hide: () => void] => {
  const [hidden, set] = useState(() => localStorage.getItem(hiddenKey) === 'yes')
  const hide = () => {
    localStorage.setItem(hiddenKey, 'yes')
    set(true)
  }
  return [hidden, hide]
}

/** What a new installation needs; each ticks itself off once it is so. `whole`: what is done stands in the list as well. */
export function FirstSteps({ setUp, whole = false, onHide }: { setUp: SetUp; whole?: boolean; onHide?: () => void }) {
  const may = useMe().data?.may ?? {}
  const steps = stepsOf(setUp, may)
  const done = steps.filter((step) => step.done)
  const left = steps.filter((step) => !step.done)
  // Who can do nothing about what is left is not told of it each day.
  if (!whole && left.every(({ not }) => not !== undefined)) return null
  return (
    <Panel
      title="First steps"
      words={done.length === 0 ? 'they tick themselves off' : `${done.length} of ${steps.length} done`}
      right={
        onHide && (
          <button type="button" className={styles.hide} onClick={onHide}>
            Put away
          </button>
        )
      }
    >
      <ol className={styles.steps}>
        {(whole ? steps : left).map((step) => (
          <li key={step.name} data-done={step.done || undefined}>
            <Words step={step} />
          </li>
        ))}
      </ol>
    </Panel>
  )
}

const Words = ({ step: { title, why, to, done, not } }: { step: Step }) => (
  <>
    <i aria-hidden="true" />
    <div>
      {done || not ? (
        <b>{title}</b>
      ) : (
        <Link to={to} data-rove>
          {title}
        </Link>
      )}
      {done && <span className="sr-only"> (done)</span>}
      {!done && <div className="muted">{not ?? why}</div>}
    </div>
  </>
)
