import { Status } from '../../ui/Marks.tsx'
import { Callout } from '../../ui/States.tsx'
import { SeverityMark } from './SeverityMark.tsx'
import styles from './SourceTestResult.module.css'
import { type ReadSignal, signalWords } from './words.ts'

type Result = { signals: readonly ReadSignal[]; problems: readonly string[]; delivered: boolean }

const Signal = ({ signal }: { signal: ReadSignal }) => (
  <div className={styles.signal}>
    {signal.kind === 'firing' ? (
      <SeverityMark severity={signal.severity} />
    ) : (
      <Status tone={signalWords[signal.kind].tone}>{signalWords[signal.kind].word}</Status>
    )}{' '}
    <b>{signal.summary || signal.dedupKey}</b>{' '}
    <span className="faint">{[signal.service, signal.host, signal.environment].filter(Boolean).join(' · ')}</span>
    <ul>
      {[...signal.route, ...signal.notes].map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  </div>
)

/** What was read and what would be decided, or why it cannot be read. */
export const SourceTestResult = ({ result: { signals, problems, delivered } }: { result: Result }) => (
  <div className={styles.result} role="status" aria-live="polite">
    {problems.map((problem) => (
      <Callout key={problem} tone="warn">
        {problem}
      </Callout>
    ))}
    {signals.map((signal) => (
      <Signal key={`${signal.kind} ${signal.dedupKey}`} signal={signal} />
    ))}
    {delivered && <div className="muted">It was taken in: it stands in the list of all alerts as a test.</div>}
  </div>
)
