import { Act } from '../../ui/Act.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout, Empty, Failed } from '../../ui/States.tsx'
import { Stamp } from '../../ui/Time.tsx'
import type { SchedulerTest } from './data.ts'
import styles from './schedulers.module.css'
import type { Tested } from './use-test.ts'
import { toldWords } from './words.ts'

type Props = { test: Tested; onTest: () => void; help: string }

/** What it answered when it was tested. */
export function TestAnswer({ test, onTest, help }: Props) {
  const { busy, failed } = test
  const answer = test.answer ?? test.old
  const again = <Act label={answer ? 'Test again' : 'Test'} k="t" busy={busy} run={onTest} />
  if (failed && !busy)
    return (
      <Panel title="It could not be tested" right={again}>
        <Failed what="Nothing was asked." error={new Error(failed)} />
      </Panel>
    )
  if (!answer)
    return (
      <Panel title={busy ? 'Asking…' : 'Not tested yet'} right={again}>
        <Empty title={busy ? 'It is being asked.' : 'Test it: it is asked once, and nothing is saved.'}>{help}</Empty>
      </Panel>
    )
  return (
    <Panel title={answer.ok ? 'It answers' : 'It cannot be read'} right={again}>
      <div className={styles.answer} role="status" aria-live="polite">
        {test.old && <Callout tone="note">This answer is from before your last change. Test it again.</Callout>}
        {answer.ok ? <p>{answer.words}</p> : <Callout tone="down">{answer.words}</Callout>}
        {answer.ok && <Skew seconds={answer.skewSeconds} />}
      </div>
      {answer.ok && <Read answer={answer} />}
    </Panel>
  )
}

/** A clock that is off harms nothing, and is worth knowing. */
const Skew = ({ seconds }: { seconds: number | null }) => {
  if (seconds === null || Math.abs(seconds) < 30) return null
  const words = `${Math.abs(seconds).toLocaleString('en-GB')} s ${seconds > 0 ? 'ahead of' : 'behind'} ours`
  return <Callout tone="warn">Its clock is {words}. The times of its runs are put right.</Callout>
}

function Read({ answer }: { answer: SchedulerTest }) {
  const { told, strangers, strangersInAll } = answer
  return (
    <>
      {told.length > 0 && (
        <ul className={styles.told} aria-label="The newest of what it told">
          {told.map((one) => (
            <li key={`${one.name} ${one.kind} ${one.at}`}>
              <Stamp at={one.at} /> <b>{one.name}</b> {toldWords[one.kind]}
              {!one.known && <span className="faint"> · not imported</span>}
            </li>
          ))}
        </ul>
      )}
      <Facts
        as="rows"
        of={[
          told.length === 0 && { label: 'Runs', value: 'nothing has run lately' },
          strangersInAll > 0 && {
            label: 'Not imported',
            value: `${strangers.join(', ')}${strangersInAll > strangers.length ? ` and ${strangersInAll - strangers.length} more` : ''}`,
          },
        ]}
      />
    </>
  )
}
