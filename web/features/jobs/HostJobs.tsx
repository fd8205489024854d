import { skipToken, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { JobTable } from './JobTable.tsx'

/** The jobs that ran last on a host, what needs somebody first, each with its last runs. */
export function HostJobs({ name }: { name: string }) {
  const may = useMay('job.read') !== undefined
  const jobs = useQuery({
    ...query.jobs.list.queryOptions({ input: may ? { host: name, limit: 20 } : skipToken }),
    refetchInterval: 30_000,
  })
  if (!may) return null
  const rows = jobs.data?.items
  return (
    <Panel
      title="Jobs that run on it"
      words={rows && rows.length > 0 ? `${rows.length}${jobs.data?.next ? ' and more' : ''}` : undefined}
      foot={
        jobs.data?.next && (
          <Link to={paths.jobs()} search={{ q: `host:${name}` } as never}>
            Show all
          </Link>
        )
      }
    >
      {jobs.isError && !rows && (
        <Failed what="Its jobs could not be loaded." error={jobs.error} retry={() => void jobs.refetch()} />
      )}
      {jobs.isPending && <Loading lines={2} />}
      {rows && (
        <JobTable
          label="Jobs that run on it"
          rows={rows}
          empty={
            <Empty title="No job says that it runs here.">
              A ping may say on which host its job runs. A job stands here when the newest ping that says so names this
              host.
            </Empty>
          }
        />
      )}
    </Panel>
  )
}
