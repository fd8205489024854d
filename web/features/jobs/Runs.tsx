import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { paths } from '../../paths.ts'
import { Choices } from '../../ui/Chip.tsx'
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
import { type JobDetail, type Run, type RunsAsk, useRuns } from './data.ts'
import styles from './jobs.module.css'
import { RunSheet } from './RunSheet.tsx'
import { RunsFilter } from './RunsFilter.tsx'
import {
  lateWords,
  measured,
  noteworthy,
  outcomeTone,
  outcomeWords,
  sizeWords,
  usualOf,
  verdictWords,
} from './words.ts'

const SHOWN = 12
const none = <span className="faint">–</span>

const Outcome = ({ run }: { run: Run }) => (
  <Status tone={outcomeTone[run.outcome]}>
    {outcomeWords[run.outcome]}
    {run.outcome === 'fail' && run.exitStatus !== null && `, ${run.exitStatus}`}
  </Status>
)

const notesOf = (run: Run): string =>
  noteworthy(run.verdicts)
    .map((verdict) => verdictWords[verdict])
    .join(', ')

const durationOf = (run: Run) =>
  run.outcome === 'running' ? <Lasting from={run.at} /> : run.ms === null ? none : duration(run.ms)

/** When it ended; of one that runs, since when it does. */
const endOf = (run: Run) =>
  run.endedAt ? (
    <Stamp at={run.endedAt} full />
  ) : (
    <span className="faint">
      since <Stamp at={run.at} full />
    </span>
  )

const took: { value: string; label: string } = { value: 'duration', label: 'Duration' }

/** Its runs: bars as high as they took, or as what they report; with the table behind them. A run opens beside it. */
export function Runs({ job }: { job: JobDetail }) {
  const [ask, setAsk] = useState<RunsAsk>({})
  const [chosen, setMeasure] = useState('duration')
  const source = useRuns(job.id, ask)
  const [shown, setShown] = useState(SHOWN)
  const [opened, open] = useState<string>()
  const isFiltered = ask.verdict !== undefined || ask.said !== undefined
  const ended = rowsOf(source.data)
  const all = ended && [...(isFiltered ? [] : job.openRuns.toReversed()), ...ended]
  const rows = all?.slice(0, shown)
  const volumes = [...new Set((all ?? []).flatMap((run) => Object.keys(run.volumes)))].sort()
  const volume = volumes.includes(chosen) ? chosen : undefined
  const usual = job.usual.find(({ measure }) => measure === (volume ?? 'duration'))
  const more = (all?.length ?? 0) > shown || source.hasNextPage
  const earlier = () => {
    if ((all?.length ?? 0) < shown * 2 && source.hasNextPage) void source.fetchNextPage()
    setShown(shown * 2)
  }
  const bars = (all ?? []).slice(0, 60).toReversed()
  const [first] = bars
  const byId = new Map(bars.map((run) => [run.id, run]))
  return (
    <Panel
      title="Runs"
      words="an orange foot came late, an orange head is unusual"
      right={
        <>
          {volumes.length > 0 && (
            <Choices
              label="As high as"
              value={volume ?? 'duration'}
              of={[took, ...volumes.map((name) => ({ value: name, label: name }))]}
              onChange={setMeasure}
            />
          )}
          <Link to={paths.jobsCalendar()} search={{ job: job.id } as never}>
            Calendar
          </Link>
        </>
      }
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
          <Bars
            label={`${job.name}, last runs`}
            bars={bars}
            tall
            onOpen={open}
            usual={usual}
            measure={
              volume === undefined
                ? undefined
                : {
                    of: (bar) => byId.get(bar.id)?.volumes[volume] ?? null,
                    say: (value) => `${measured(volume, value)} ${volume}`,
                  }
            }
          />
          <div className={`${styles.axis} faint`}>
            <span>
              since <Stamp at={first.at} />
            </span>
            <span>{usual ? `usually ${usualOf(usual)}` : volume === undefined && usualWords(bars)}</span>
          </div>
        </>
      )}
      {(first || isFiltered) && <RunsFilter ask={ask} onChange={setAsk} />}
      <DataTable
        label="Runs"
        flow
        rows={rows}
        source={{ isPending: source.isPending, isError: source.isError, error: source.error, refetch: source.refetch }}
        rowId={(run) => run.id}
        onPeek={(run) => open(run.id)}
        empty={
          isFiltered ? (
            <Empty title="No run fits.">Choose another verdict, or look for another text.</Empty>
          ) : (
            <Empty title="It was never heard of yet.">
              Put one of the lines beside into its crontab or script; the first run appears here within a moment.
            </Empty>
          )
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
          ...(volume === undefined
            ? []
            : [
                {
                  title: volume,
                  width: 96,
                  from: 720,
                  align: 'right' as const,
                  cell: (run: Run) => (volume in run.volumes ? measured(volume, run.volumes[volume] ?? 0) : none),
                },
              ]),
          { title: 'To note', from: 560, cell: (run) => <span title={notesOf(run)}>{notesOf(run)}</span> },
          { title: 'Host', width: 110, faint: true, mono: true, from: 900, cell: (run) => run.host },
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
              words={[lateWords(run.lateMs), notesOf(run)].filter(Boolean).join(', ')}
              end={durationOf(run)}
            />
          </button>
        )}
      />
      <RunSheet jobId={job.id} name={job.name} runId={opened} onClose={() => open(undefined)} />
    </Panel>
  )
}
