import { Button } from '@mantine/core'
import { useState } from 'react'
import { DataTable } from '../../ui/DataTable.tsx'
import { rowsOf } from '../../ui/list.ts'
import { Status } from '../../ui/Marks.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { Lasting, Stamp } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { duration } from '../../ui/time.ts'
import { Bars } from './Bars.tsx'
import { usualWords } from './bars.ts'
import { type JobDetail, type Run, useRuns } from './data.ts'
import styles from './jobs.module.css'
import { RunSheet } from './RunSheet.tsx'
import { lateWords, outcomeTone, outcomeWords, sizeWords } from './words.ts'

const SHOWN = 12

const Outcome = ({ run }: { run: Run }) => (
  <Status tone={outcomeTone[run.outcome]}>
    {outcomeWords[run.outcome]}
    {run.outcome === 'fail' && run.exitStatus !== null && `, ${run.exitStatus}`}
  </Status>
)

const durationOf = (run: Run) =>
  run.outcome === 'running' ? (
    <Lasting from={run.at} />
  ) : run.ms === null ? (
    <span className="faint">–</span>
  ) : (
    duration(run.ms)
  )

/** When it ended; of one that runs, since when it does. */
const endOf = (run: Run) =>
  run.endedAt ? (
    <Stamp at={run.endedAt} full />
  ) : (
    <span className="faint">
      since <Stamp at={run.at} full />
    </span>
  )

/** Its runs: bars as high as they took, with the table behind them; a run opens beside it. */
export function Runs({ job }: { job: JobDetail }) {
  const source = useRuns(job.id)
  const [shown, setShown] = useState(SHOWN)
  const [opened, open] = useState<string>()
  const ended = rowsOf(source.data)
  const all = ended && [...job.openRuns.toReversed(), ...ended]
  const rows = all?.slice(0, shown)
  const more = (all?.length ?? 0) > shown || source.hasNextPage
  const earlier = () => {
    if ((all?.length ?? 0) < shown * 2 && source.hasNextPage) void source.fetchNextPage()
    setShown(shown * 2)
  }
  const bars = (all ?? []).slice(0, 60).toReversed()
  const [first] = bars
  return (
    <Panel
      title="Runs"
      words="as high as they took; an orange foot came late"
      foot={
        more && (
          <Button loading={source.isFetchingNextPage} onClick={earlier}>
            Show earlier
          </Button>
        )
      }
    >
      {first && (
        <>
          <Bars label={`${job.name}, last runs`} bars={bars} tall onOpen={open} />
          <div className={`${styles.axis} faint`}>
            <span>
              since <Stamp at={first.at} />
            </span>
            <span>{usualWords(bars)}</span>
          </div>
        </>
      )}
      <DataTable
        label="Runs"
        flow
        rows={rows}
        source={{ isPending: source.isPending, isError: source.isError, error: source.error, refetch: source.refetch }}
        rowId={(run) => run.id}
        onPeek={(run) => open(run.id)}
        empty={
          <Empty title="It was never heard of yet.">
            Put one of the lines beside into its crontab or script; the first run appears here within a moment.
          </Empty>
        }
        columns={[
          {
            title: 'Outcome',
            width: 124,
            cell: (run) => <Outcome run={run} />,
          },
          {
            title: 'Ended',
            width: 112,
            cell: endOf,
          },
          { title: 'Took', width: 96, align: 'right', cell: durationOf },
          { title: 'Punctual', width: 108, faint: true, from: 460, cell: (run) => lateWords(run.lateMs) },
          { title: 'Host', faint: true, mono: true, from: 640, cell: (run) => run.host },
          {
            title: 'Output',
            width: 96,
            align: 'right',
            cell: (run) => (
              <Button
                variant="subtle"
                size="compact-xs"
                onClick={() => open(run.id)}
                aria-label={`Open the run of ${run.at}`}
              >
                {run.outputBytes > 0 ? sizeWords(run.outputBytes) : 'open'}
              </Button>
            ),
          },
        ]}
        phone={(run) => (
          <button type="button" className={styles.card} onClick={() => open(run.id)}>
            <TwoLine
              title={<Outcome run={run} />}
              urgent={<Stamp at={run.at} full />}
              words={lateWords(run.lateMs)}
              end={durationOf(run)}
            />
          </button>
        )}
      />
      <RunSheet jobId={job.id} name={job.name} runId={opened} onClose={() => open(undefined)} />
    </Panel>
  )
}
