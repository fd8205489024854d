import styles from './DurationStack.module.css'
import { duration } from './time.ts'

export type Phase = { label: string; ms: number }

/** Where the time of one look went: name, connect, TLS, first byte, body. Shades of one colour: phases are not risk. */
export function DurationStack({ phases }: { phases: readonly Phase[] }) {
  const total = phases.reduce((sum, phase) => sum + phase.ms, 0)
  const text = phases.map((phase) => `${phase.label} ${duration(phase.ms)}`).join(' · ')
  return (
    <div className={styles.stack}>
      <div className={styles.bar} aria-hidden="true">
        {phases.map((phase, index) => (
          <i
            key={phase.label}
            data-shade={index % 5}
            style={{ flexGrow: total > 0 ? phase.ms / total : 0 }}
            title={`${phase.label} ${duration(phase.ms)}`}
          />
        ))}
      </div>
      <div className="muted num">{text}</div>
    </div>
  )
}
