import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { query } from '../../api.ts'
import { fewNames } from '../../parts/few-names.ts'
import { useMay } from '../../parts/frame-data.ts'
import { useSearchText } from '../../parts/use-search-text.ts'
import { paths } from '../../paths.ts'
import type { Column } from '../../ui/DataTable.tsx'
import { keyset } from '../../ui/list.ts'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { CatalogPage } from './CatalogPage.tsx'
import { HostForm } from './HostForm.tsx'
import { listed, useCatalogFilter } from './use-filter.ts'
import { environments, type HostRow } from './words.ts'

/** The hosts that a filter such as 'env:uat team:DBA london' means, or why it means none. */
const useHosts = (filter: string) => {
  const { ask, problem, waiting, teams, names } = useCatalogFilter(filter, { env: environments })
  const { env: environment, ...rest } = ask ?? {}
  const found = useInfiniteQuery({
    ...query.catalog.hosts.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ cursor, limit: 100, ...rest, ...(environment && { environment }) }),
      ...keyset,
    }),
    placeholderData: keepPreviousData,
    enabled: ask !== undefined,
  })
  return { names, ...listed({ problem, waiting, teams, found }) }
}

const columns: readonly Column<HostRow>[] = [
  { title: 'Host', main: true, width: 240, mono: true, cell: (row) => <span className="strong">{row.name}</span> },
  {
    title: 'Runs',
    cell: (row) => (row.services.length > 0 ? fewNames(row.services) : <span className="faint">nothing</span>),
  },
  { title: 'Environment', width: 104, from: 420, cell: (row) => row.environment },
  { title: 'Site', width: 150, faint: true, from: 640, cell: (row) => row.site },
  {
    title: 'Owner',
    width: 190,
    from: 560,
    cell: (row) => row.team?.name ?? <span className="faint">nobody</span>,
  },
]

/** The machines that services run on. */
export function Hosts() {
  const [filter, setFilter] = useSearchText('filter')
  const [adding, setAdding] = useState(false)
  const hosts = useHosts(filter)
  const mayAdd = useMay('host.write') !== undefined
  return (
    <CatalogPage
      shown="hosts"
      title="Hosts"
      one="host"
      filter={filter}
      setFilter={setFilter}
      fields={[
        { name: 'env', values: environments },
        { name: 'team', values: hosts.names },
      ]}
      rows={hosts.rows}
      problem={hosts.problem}
      source={hosts.source}
      columns={columns}
      to={(row) => paths.host(row.id)}
      by="name or site"
      about="A host is a machine that services run on. An alert that names only the host finds the one service that runs on it, and so whom to call."
      add={mayAdd ? () => setAdding(true) : undefined}
      form={<HostForm opened={adding} onClose={() => setAdding(false)} />}
      phone={(row) => (
        <TwoLine
          title={<code>{row.name}</code>}
          urgent={<span className="faint">{row.environment}</span>}
          words={row.services.length > 0 ? fewNames(row.services) : 'runs nothing'}
          end={row.site && <span className="faint">{row.site}</span>}
        />
      )}
    />
  )
}
