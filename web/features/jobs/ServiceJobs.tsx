import { skipToken, useQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { Bars } from './Bars.tsx'
import { StateMark } from './StateMark.tsx'

/** The jobs of a service; nothing is shown when it has none. */
export function ServiceJobs({ serviceId }: { serviceId: string }) {
  const may = useMay('job.read') !== undefined
  const jobs = useQuery(query.jobs.list.queryOptions({ input: may ? { serviceId, limit: 20 } : skipToken }))
  if (!jobs.data || jobs.data.items.length === 0) return null
  return (
    <Panel title="Jobs" words={`${jobs.data.items.length}${jobs.data.next ? ' and more' : ''}`}>
      <DataTable
        label="Its jobs"
        flow
        keys={false}
        rows={jobs.data.items}
        rowId={(row) => row.id}
        to={(row) => paths.job(row.id)}
        columns={[
          { title: 'State', width: 108, cell: (row) => <StateMark state={row.state} /> },
          { title: 'Job', main: true, cell: (row) => <span className="strong">{row.name}</span> },
          { title: 'What it says', faint: true, from: 560, cell: (row) => row.reason },
          {
            title: 'Next due',
            width: 84,
            align: 'right',
            from: 440,
            cell: (row) => row.dueAt && <Stamp at={row.dueAt} />,
          },
          {
            title: 'Last runs',
            width: 120,
            from: 640,
            cell: (row) => <Bars label={`${row.name}, last runs`} bars={row.bars} />,
          },
        ]}
        empty={null}
        phone={(row) => <TwoLine title={row.name} urgent={<StateMark state={row.state} />} words={row.reason} />}
      />
    </Panel>
  )
}
