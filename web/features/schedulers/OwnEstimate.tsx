import { Link } from '@tanstack/react-router'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { Facts } from '../../ui/Facts.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Ago, Stamp } from '../../ui/Time.tsx'
import { type Estimate, useEstimates } from './data.ts'

const useEstimate = (jobId: string): Estimate | undefined => {
  const may = useMay('scheduler.read') !== undefined
  return useEstimates(may ? [jobId] : []).data?.items[0]
}

/** On the page of a job: by when its own scheduler expects it, or its service, to end. */
export function OwnEstimate({ jobId }: { jobId: string }) {
  const found = useEstimate(jobId)
  if (!found) return null
  const none = <span className="faint">it does not say</span>
  return (
    <Panel title={`${found.title} expects`} words={found.service || undefined}>
      <Facts
        as="rows"
        of={[
          { label: 'End', value: found.expectedEnd ? <Stamp at={found.expectedEnd} /> : none },
          found.due !== null && { label: 'Due', value: <Stamp at={found.due} /> },
          { label: 'Status', value: found.status },
          ...Object.entries(found.said).map(([label, value]) => ({ label, value })),
          {
            label: found.old ? 'Said last' : 'Said',
            value: (
              <>
                <Ago at={found.at} />{' '}
                <Link to={paths.scheduler(found.scheduler.id)} className="faint">
                  {found.scheduler.name}
                </Link>
              </>
            ),
          },
        ]}
      />
    </Panel>
  )
}

/** Beside our own odds, in a line: "Control-M expects 05:45, due 05:30 (Late)". */
export function OwnEstimateLine({ jobId }: { jobId: string }) {
  const found = useEstimate(jobId)
  if (!found?.expectedEnd) return null
  return (
    <div className="muted num">
      {found.title} expects <Stamp at={found.expectedEnd} />
      {found.due && (
        <>
          , due <Stamp at={found.due} />
        </>
      )}
      {found.status && ` · ${found.status}`}
      {found.old && ' · as it said last'}
    </div>
  )
}
