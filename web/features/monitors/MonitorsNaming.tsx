import { skipToken, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { looksEvery } from './data.ts'
import { sentence } from './MonitorList.tsx'
import { StateMark } from './StateMark.tsx'

/** Monitors that have a name, such as that of a host, in theirs or in what they look at; nothing is shown without any. */
export function MonitorsNaming({ name }: { name: string }) {
  const may = useMay('monitor.read') !== undefined
  const found = useQuery({
    ...query.monitors.list.queryOptions({ input: may ? { q: name.slice(0, 100), limit: 10 } : skipToken }),
    refetchInterval: looksEvery,
  })
  const rows = found.data?.items ?? []
  if (rows.length === 0) return null
  return (
    <Panel
      title="Monitors that name it"
      words={`${rows.length}${found.data?.next ? ' and more' : ''}`}
      foot={
        found.data?.next && (
          <Link to={paths.monitors()} search={{ q: name } as never}>
            Show all
          </Link>
        )
      }
    >
      <DataTable
        label="Monitors that name it"
        flow
        keys={false}
        rows={rows}
        rowId={(row) => row.id}
        to={(row) => paths.monitor(row.id)}
        columns={[
          { title: 'State', width: 116, cell: (row) => <StateMark state={row.state} /> },
          { title: 'Monitor', main: true, cell: (row) => <span className="strong">{row.name}</span> },
          { title: 'What it says', faint: true, from: 560, cell: (row) => sentence(row) },
          { title: 'Looks at', width: 220, faint: true, mono: true, from: 760, cell: (row) => row.address },
        ]}
        empty={null}
        phone={(row) => <TwoLine title={row.name} urgent={<StateMark state={row.state} />} words={sentence(row)} />}
      />
    </Panel>
  )
}
