import { Button } from '@mantine/core'
import { api } from '../../api.ts'
import { useAct } from '../../parts/use-act.ts'
import { Raw } from '../../ui/CopyText.tsx'
import { Status } from '../../ui/Marks.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout, Empty, Failed, Loading } from '../../ui/States.tsx'
import { Ago } from '../../ui/Time.tsx'
import { toast, toastError } from '../../ui/toast.ts'
import { alertKeys, sourceKeys, useSamples } from './data.ts'
import styles from './SourceSamples.module.css'
import type { SourceRights } from './source-rights.ts'
import { counted, type Sample, type Source } from './words.ts'

const some = 5000
type Props = { source: Source; rights: SourceRights }

/** What it sent last, as it came; what could not be read stands there with the reason and can be read again. */
export function SourceSamples({ source, rights }: Props) {
  const samples = useSamples(source.id, some)
  return (
    <Panel title="What it sent last" words="kept for two weeks, secrets masked">
      {samples.isError && !samples.data && (
        <Failed what="What it sent could not be read." error={samples.error} retry={() => void samples.refetch()} />
      )}
      {samples.isPending && <Loading lines={4} />}
      {samples.data?.items.length === 0 && (
        <Empty title="Nothing has arrived in the last two weeks.">
          What the tool sends stands here as it came, read or not. “How to send” below has a command that works.
        </Empty>
      )}
      {samples.data?.items.map((sample) => (
        <One key={sample.id} sample={sample} source={source} rights={rights} />
      ))}
    </Panel>
  )
}

const size = (bytes: number) => (bytes < 1000 ? `${bytes} bytes` : `${Number((bytes / 1000).toFixed(1))} kB`)

function One({ sample, source, rights }: Props & { sample: Sample }) {
  const unreadable = sample.outcome === 'unreadable'
  const replay = useAct(() => api.alerts.sources.replay({ id: source.id, sampleId: sample.id }), {
    refresh: [...sourceKeys, ...alertKeys],
    done: ({ signals, problems }) => {
      if (problems.length > 0) toastError(new Error(problems.join(' ')))
      else toast(`It was read: ${counted(signals, 'signal')}.`)
    },
  })
  return (
    <details className={styles.sample}>
      <summary>
        <span className={styles.state}>
          <Status tone={unreadable ? 'warn' : 'ok'}>{unreadable ? 'unreadable' : 'read'}</Status>
        </span>
        <span className={`faint ${styles.at}`}>
          <Ago at={sample.at} />
        </span>
        <span className="clip">{sample.problem ?? sample.body}</span>
        <span className={`faint num ${styles.end}`}>
          {unreadable ? size(sample.bytes) : counted(sample.signals, 'signal')}
        </span>
      </summary>
      <div className={styles.body}>
        {sample.problem && (
          <Callout
            tone="warn"
            acts={
              unreadable &&
              rights.change === undefined && (
                <Button loading={replay.busy} onClick={() => replay.run(undefined)}>
                  Read it again
                </Button>
              )
            }
          >
            {sample.problem}
          </Callout>
        )}
        <Raw>{sample.body === '' ? '(empty)' : sample.body}</Raw>
        {sample.cut && <div className="faint">The beginning of {size(sample.bytes)}.</div>}
        <pre className={`faint ${styles.headers}`}>
          {Object.entries(sample.headers)
            .map(([name, value]) => `${name}: ${value}`)
            .join('\n')}
        </pre>
      </div>
    </details>
  )
}
