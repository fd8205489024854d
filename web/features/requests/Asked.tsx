import type { ReactNode } from 'react'
import { Status, type Tone } from '../../ui/Marks.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Ago } from '../../ui/Time.tsx'
import styles from './requests.module.css'
import { type Approval, saidWords } from './words.ts'

const tones: Partial<Record<Approval['state'], Tone>> = {
  approved: 'ok',
  refused: 'down',
  expired: 'warn',
  nobody: 'warn',
}

/** One who was asked, and what became of it. `acts`: what can be done about it. */
export const Asked = ({ one, acts }: { one: Approval; acts?: ReactNode }) => (
  <div className={styles.asked}>
    <div className={styles.line}>
      <Status tone={tones[one.state] ?? 'off'}>
        {one.person ? `${one.person.name} ${saidWords[one.state]}` : saidWords[one.state]}
      </Status>
      <span className={`faint ${styles.end}`}>
        <Ago at={one.decidedAt ?? one.askedAt} />
      </span>
    </div>
    {one.reason && <div className={styles.said}>{one.reason}</div>}
    {(one.byLink || one.reminders > 0) && (
      <div className="faint">
        {one.byLink && 'by the link of a mail'}
        {one.byLink && one.reminders > 0 && ', '}
        {one.reminders > 0 && `reminded ${one.reminders === 1 ? 'once' : `${one.reminders} times`}`}
      </div>
    )}
    {one.why && one.state === 'asked' && <div className="faint">{one.why}</div>}
    {acts}
  </div>
)

export const Others = ({ of, title }: { of: readonly Approval[]; title: string }) =>
  of.length > 0 && (
    <Panel title={title}>
      {of.map((one) => (
        <Asked key={one.id} one={one} />
      ))}
    </Panel>
  )
