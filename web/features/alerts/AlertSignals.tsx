import { DataTable } from '../../ui/DataTable.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Status } from '../../ui/Marks.tsx'
import { Empty } from '../../ui/States.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { millis } from '../../ui/time.ts'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { SeverityMark } from './SeverityMark.tsx'
import { type AlertDetail, signalWords } from './words.ts'

type Signal = AlertDetail['signals'][number]

const Kind = ({ signal }: { signal: Signal }) =>
  signal.kind === 'firing' && signal.severity ? (
    <SeverityMark severity={signal.severity} />
  ) : (
    <Status tone={signalWords[signal.kind].tone}>{signalWords[signal.kind].word}</Status>
  )

/** A sender's clock within two seconds of ours is not worth a word. */
const isAside = ({ at, happenedAt }: Signal) => Math.abs(millis(at) - millis(happenedAt)) > 2000

const Words = ({ signal }: { signal: Signal }) => (
  <>
    {signal.summary}
    {isAside(signal) && (
      <span className="faint">
        {' '}
        · its sender says <Stamp at={signal.happenedAt} />
      </span>
    )}
    {signal.notes.length > 0 && <span className="faint"> · {signal.notes.join(' ')}</span>}
  </>
)

/** What its sender said, the newest first. */
export const AlertSignals = ({ alert }: { alert: AlertDetail }) => (
  <Panel
    title="What its sender said"
    words={
      alert.signals.length < alert.occurrences
        ? `the last ${alert.signals.length} of ${alert.occurrences.toLocaleString('en-GB')}`
        : 'the newest first'
    }
  >
    <DataTable
      label="Signals"
      flow
      keys={false}
      rows={alert.signals}
      rowId={({ id }) => id}
      columns={[
        { title: 'Received', width: 86, faint: true, cell: (signal) => <Stamp at={signal.at} /> },
        { title: 'What', width: 112, cell: (signal) => <Kind signal={signal} /> },
        { title: 'In its words', cell: (signal) => <Words signal={signal} /> },
      ]}
      phone={(signal) => (
        <TwoLine mark={<Kind signal={signal} />} title={signal.summary} urgent={<Stamp at={signal.at} />} words={signal.notes.join(' ')} />
      )}
      empty={<Empty title="Its signals are not kept any more.">They are kept for some weeks; what happened to the alert stays.</Empty>}
    />
  </Panel>
)
