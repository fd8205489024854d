import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { plainText, query } from '../../api.ts'
import { Raw } from '../../ui/CopyText.tsx'
import { Sheet } from '../../ui/Dialog.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Status } from '../../ui/Marks.tsx'
import { Callout, Failed, Loading } from '../../ui/States.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { duration } from '../../ui/time.ts'
import { RunNotes } from '../acts/RunNotes.tsx'
import styles from './jobs.module.css'
import {
  lateWords,
  measured,
  noteworthy,
  outcomeTone,
  outcomeWords,
  pingWords,
  sizeWords,
  usualOf,
  verdictWords,
} from './words.ts'

const KEPT = 100_000
// Colours of a terminal say nothing here.
const colour = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[A-Za-z]`, 'g')
const plain = (text: string) => text.replaceAll(colour, '')

type Props = { jobId: string; name: string; runId: string | undefined; onClose: () => void }

/** A run beside the page of its job: how it went, what it printed, each ping of it. */
export function RunSheet({ jobId, name, runId, onClose }: Props) {
  return (
    <Sheet opened={runId !== undefined} onClose={onClose} from="right" title={`A run of ${name}`}>
      {runId && <Shown jobId={jobId} runId={runId} name={name} />}
    </Sheet>
  )
}

function Shown({ jobId, runId, name }: { jobId: string; runId: string; name: string }) {
  const found = useQuery(query.jobs.run.queryOptions({ input: { id: jobId, runId } }))
  const run = found.data
  if (!run)
    return found.isError ? (
      <Failed what="The run could not be loaded." error={found.error} retry={() => void found.refetch()} />
    ) : (
      <Loading lines={5} />
    )
  const logs = run.pings.filter((p) => p.kind === 'log' && p.output)
  const heard = run.outcome === 'running' && run.pings.findLast((p) => p.kind === 'log')
  return (
    <div className={styles.sheet}>
      <Facts
        as="rows"
        of={[
          {
            label: 'Outcome',
            value: (
              <Status tone={outcomeTone[run.outcome]}>
                {outcomeWords[run.outcome]}
                {run.exitStatus !== null && `, exit status ${run.exitStatus}`}
              </Status>
            ),
          },
          run.startedAt !== null && { label: 'Started', value: <Stamp at={run.startedAt} /> },
          run.endedAt !== null && { label: 'Ended', value: <Stamp at={run.endedAt} /> },
          run.ms !== null && { label: 'Took', value: duration(run.ms) },
          run.dueAt !== null && {
            label: 'Due',
            value: (
              <>
                <Stamp at={run.dueAt} />, {lateWords(run.lateMs)}
              </>
            ),
          },
          { label: 'Business date', value: <span className="num">{run.businessDate}</span> },
          run.attempt > 1 && { label: 'Try', value: `${run.attempt}, after it had failed` },
          heard && { label: 'Last heard', value: <Stamp at={heard.happenedAt} /> },
          run.cpuMs !== null && { label: 'CPU time', value: duration(run.cpuMs) },
          run.peakKb !== null && { label: 'Peak memory', value: sizeWords(run.peakKb * 1024) },
          ...Object.entries(run.volumes).map(([name, value]) => ({ label: name, value: measured(name, value) })),
          noteworthy(run.verdicts).length > 0 && {
            label: 'To note',
            value: noteworthy(run.verdicts)
              .map((v) => verdictWords[v])
              .join(', '),
          },
          run.host !== null && { label: 'Host', value: <code>{run.host}</code> },
        ]}
      />
      {run.unusual.map((u) => (
        <Callout key={u.measure} tone="warn">
          {u.measure === 'duration' ? 'It took ' : 'It reported '}
          {measured(u.measure, u.value)}
          {u.measure !== 'duration' && ` ${u.measure}`}; usual is {usualOf(u)}.
        </Callout>
      ))}
      {run.note && <Callout tone="warn">{run.note}</Callout>}
      <RunNotes job={{ id: jobId, name }} runId={runId} />
      {run.pings.length > 1 && (
        <ul className={styles.pings} aria-label="Its pings">
          {run.pings.map((ping) => (
            <li key={ping.id}>
              <Stamp at={ping.happenedAt} full /> {pingWords[ping.kind]}
              {ping.method && <span className="faint">{ping.method}</span>}
            </li>
          ))}
        </ul>
      )}
      {logs.map((log) => (
        <div key={log.id}>
          <p className="faint">
            Log, <Stamp at={log.happenedAt} />
          </p>
          <Raw>{plain(log.output ?? '')}</Raw>
        </div>
      ))}
      {run.output === null ? (
        run.outcome !== 'running' && <p className="faint">It sent no output.</p>
      ) : (
        <div>
          <Output jobId={jobId} runId={runId} text={run.output} bytes={run.outputBytes} hasWhole={run.hasWhole} />
        </div>
      )}
    </div>
  )
}

/** More than that a page does not show well. */
const SHOWN = 2_000_000

type OutputProps = { jobId: string; runId: string; text: string; bytes: number; hasWhole: boolean }

/** The end of what it printed; all of it once somebody asks. */
function Output({ jobId, runId, text, bytes, hasWhole }: OutputProps) {
  const [all, showAll] = useState(false)
  const address = `/api/jobs/${jobId}/runs/${runId}/output`
  const whole = useQuery({
    queryKey: ['output of a run', jobId, runId],
    enabled: all,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => plainText(address),
  })
  const what =
    bytes > KEPT
      ? hasWhole
        ? `; its last ${sizeWords(KEPT)} are shown`
        : `, of which ${sizeWords(KEPT)} are kept`
      : ''
  return (
    <>
      <p className={styles.outputHead}>
        <span className="faint">
          Output, {sizeWords(bytes)}
          {whole.data === undefined && what}
        </span>
        {hasWhole && bytes <= SHOWN && whole.data === undefined && (
          <Button variant="subtle" size="compact-xs" loading={whole.isFetching} onClick={() => showAll(true)}>
            Show all
          </Button>
        )}
        <a href={address} download>
          Download
        </a>
      </p>
      {whole.isError && (
        <Failed what="All of it could not be loaded." error={whole.error} retry={() => void whole.refetch()} />
      )}
      <Raw>{plain(whole.data ?? text)}</Raw>
    </>
  )
}
