import { skipToken, useQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { Panel } from '../../ui/Panel.tsx'
import { JobTable } from './JobTable.tsx'

/** The jobs of a service; nothing is shown when it has none. */
export function ServiceJobs({ serviceId }: { serviceId: string }) {
  const may = useMay('job.read') !== undefined
  const jobs = useQuery(query.jobs.list.queryOptions({ input: may ? { serviceId, limit: 20 } : skipToken }))
  if (!jobs.data || jobs.data.items.length === 0) return null
  return (
    <Panel title="Jobs" words={`${jobs.data.items.length}${jobs.data.next ? ' and more' : ''}`}>
      <JobTable label="Its jobs" rows={jobs.data.items} empty={null} />
    </Panel>
  )
}
