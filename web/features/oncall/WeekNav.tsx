import { Button } from '@mantine/core'
import { ariaKey, Kbd } from '../../ui/Kbd.tsx'
import { useKeys } from '../../ui/keys.ts'
import styles from './oncall.module.css'

type WeekNavProps = {
  /** What is shown: '23–29 November'. */
  words: string
  /** What one step is called: 'week', 'day'. */
  step: string
  onStep: (by: -1 | 1) => void
  onToday: () => void
  isToday: boolean
}

/** Earlier, later, today; by h, l and t as well. */
export function WeekNav({ words, step, onStep, onToday, isToday }: WeekNavProps) {
  const acts = [
    { key: 'h', label: `One ${step} earlier`, run: () => onStep(-1), shown: '‹' },
    { key: 'l', label: `One ${step} later`, run: () => onStep(1), shown: '›' },
  ] as const
  useKeys([
    ...acts.map(({ key, label, run }) => ({ key, label, run, kind: 'move' as const, repeat: true })),
    { key: 't', label: 'Back to today', run: onToday, kind: 'move' },
  ])
  const [earlier, later] = acts
  const arrow = (act: (typeof acts)[number]) => (
    <Button
      onClick={act.run}
      aria-label={act.label}
      aria-keyshortcuts={ariaKey(act.key)}
      title={`${act.label} (${act.key})`}
    >
      {act.shown}
    </Button>
  )
  return (
    <div className={styles.nav}>
      {arrow(earlier)}
      <span className={styles.when} aria-live="polite">
        {words}
      </span>
      {arrow(later)}
      <Button onClick={onToday} disabled={isToday} aria-keyshortcuts={ariaKey('t')} rightSection={<Kbd k="t" />}>
        Today
      </Button>
    </div>
  )
}
