import { DataTable } from '../../ui/DataTable.tsx'
import { Status } from '../../ui/Marks.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { millis } from '../../ui/time.ts'
import { SeverityMark } from './SeverityMark.tsx'
import { type Run, runsOf } from './signal-runs.ts'
import { type AlertDetail, signalWords } from './words.ts'

const Kind = ({ run: { newest } }: { run: Run }) =>
  newest.kind === 'firing' && newest.severity ? (
    <SeverityMark severity={newest.severity} />
  ) : (
    <Status tone={signalWords[newest.kind].tone}>{signalWords[newest.kind].word}</Status>
  )

/** A sender's clock within two seconds of ours is not worth a word. */
const isAside = ({ newest: { at, happenedAt } }: Run) => Math.abs(millis(at) - millis(happenedAt)) > 2000

const Words = ({ run }: { run: Run }) => (
  <>
    {run.newest.summary}
    <span className="faint">
      {run.count > 1 && (
        <>
          {' '}
          {run.count} times since <Stamp at={run.since} />
        </>
      )}
      {isAside(run) && (
        <>
          {' '}
          · its sender says <Stamp at={run.newest.happenedAt} />
        </>
      )}
      {run.newest.notes.length > 0 && ` · ${run.newest.notes.join(' ')}`}
    </span>
  </>
)

/** What its sender said, the newest first. */
export const AlertSignals = ({ alert }: { alert: AlertDetail }) => (
  <Panel
    title="What its sender said"
    words={
      alert.signals.length < alert.occurrences
        ? `the last ${alert.signals.length} of ${alert.occurrences.toLocaleString('en-GB')}`
        : undefined
    }
  >
    <DataTable
      label="Signals"
      flow
      keys={false}
      rows={runsOf(alert.signals)}
      rowId={({ newest }) => newest.id}
      columns={[
        { title: 'Received', width: 104, faint: true, cell: ({ newest }) => <Stamp at={newest.at} full /> },
        { title: 'What', width: 112, cell: (run) => <Kind run={run} /> },
        { title: 'In its words', cell: (run) => <Words run={run} /> },
      ]}
      phone={(run) => (
        <TwoLine
          mark={<Kind run={run} />}
          title={run.newest.summary}
          urgent={<Stamp at={run.newest.at} />}
          words={run.count > 1 ? `${run.count} times` : run.newest.notes.join(' ')}
        />
      )}
      empty={
        <Empty title="Its signals are not kept any more.">
          They are kept for some weeks; what happened to the alert stays.
        </Empty>
      }
    />
  </Panel>
)
