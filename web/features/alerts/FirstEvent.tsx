import { Raw } from '../../ui/CopyText.tsx'
import { Status } from '../../ui/Marks.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { Ago } from '../../ui/Time.tsx'
import { AlertList } from './AlertList.tsx'
import { useAlerts, useSamples } from './data.ts'
import styles from './FirstEvent.module.css'
import { SourceTest } from './SourceTest.tsx'
import type { Sample, Source } from './words.ts'

/** Somebody sits in front of it and waits. */
const often = 1500

const pretty = (sample: Sample): string => {
  try {
    return JSON.stringify(JSON.parse(sample.body), null, 2)
  } catch {
    return sample.body
  }
}

const Received = ({ sample }: { sample: Sample }) => (
  <>
    <div>
      <Status tone={sample.outcome === 'read' ? 'ok' : 'warn'}>
        <b>{sample.outcome === 'read' ? 'Received' : 'Received, but it could not be read'}</b>{' '}
        <span className="faint">
          <Ago at={sample.at} />
          {sample.outcome === 'read' && ` · ${sample.signals} signal${sample.signals === 1 ? '' : 's'} in it`}
        </span>
      </Status>
    </div>
    {sample.problem && <div>{sample.problem}</div>}
    <Raw>{pretty(sample)}</Raw>
  </>
)

/** Waits for the first event of a new source and shows it, with the alerts that it made. */
export function FirstEvent({ source }: { source: Source }) {
  const samples = useSamples(source.id, often).data?.items
  const sample = samples?.[0]
  const alerts = useAlerts(sample ? { view: 'all', sourceId: source.id } : undefined)
  const made = alerts.data?.pages[0]?.items ?? []
  return (
    <>
      <Panel title="Does it arrive?" right={<SourceTest source={source} />} pad>
        <div className={styles.words} role="status" aria-live="polite">
          {sample ? (
            <Received sample={sample} />
          ) : (
            <>
              <div className={styles.waiting}>Waiting for the first event…</div>
              <div className="muted">Run the first command. What arrives is shown here at once, read or not.</div>
            </>
          )}
        </div>
      </Panel>
      {made.length > 0 && (
        <Panel title="What became of it">
          <AlertList label="Alerts of this source" rows={made} flow keys={false} empty={<Empty title="No alert." />} />
        </Panel>
      )}
    </>
  )
}
