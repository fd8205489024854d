import { skipToken, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { hasWhole } from '../../parts/whole-name.ts'
import { paths } from '../../paths.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { looksEvery } from './data.ts'
import { sentence } from './MonitorList.tsx'
import { StateMark } from './StateMark.tsx'

/** Monitors that have a name, such as that of a host, in theirs or in what they look at, the worst first; undefined for who may not see them. */
export const useMonitorsNaming = (name: string) => {
  const may = useMay('monitor.read') !== undefined
  const found = useQuery({
    ...query.monitors.list.queryOptions({ input: may ? { q: name.slice(0, 100), limit: 10 } : skipToken }),
    // The search finds parts of names as well.
    select: (page) => ({
      ...page,
      items: page.items.filter((one) => hasWhole(one.name, name) || hasWhole(one.address, name)),
    }),
    refetchInterval: looksEvery,
  })
  return may ? found : undefined
}

/** The same on a page. */
export function MonitorsNaming({ name }: { name: string }) {
  const found = useMonitorsNaming(name)
  if (!found) return null
  const rows = found.data?.items
  return (
    <Panel
      title="Monitors that name it"
      words={rows && rows.length > 0 ? `${rows.length}${found.data?.next ? ' and more' : ''}` : undefined}
      foot={
        found.data?.next && (
          <Link to={paths.monitors()} search={{ q: name } as never}>
            Show all
          </Link>
        )
      }
    >
      {found.isError && !rows && (
        <Failed what="Its monitors could not be loaded." error={found.error} retry={() => void found.refetch()} />
      )}
      {found.isPending && <Loading lines={2} />}
      {rows && (
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
          empty={
            <Empty title="No monitor looks at it.">
              A monitor is here that has its name in its own, or in the address that it looks at.
            </Empty>
          }
          phone={(row) => <TwoLine title={row.name} urgent={<StateMark state={row.state} />} words={sentence(row)} />}
        />
      )}
    </Panel>
  )
}
