import { keepPreviousData, skipToken, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { useSearchText } from '../../parts/use-search-text.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { keyset, rowsOf, type Source, useIsPhone } from '../../ui/list.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { CatalogLists } from './CatalogLists.tsx'
import { HostForm } from './HostForm.tsx'
import { readHostFilter } from './host-filter.ts'
import { counted, environments, fewNames, type HostRow } from './words.ts'

type Hosts = { teamNames: string[]; rows: readonly HostRow[] | undefined; problem?: string; source?: Source }

/** The hosts that a filter such as 'env:uat team:DBA london' means, or why it means none. */
const useHosts = (filter: string): Hosts => {
  const mayTeams = useMay('team.read') !== undefined
  const teams = useQuery(query.identity.teams.list.queryOptions({ input: mayTeams ? { limit: 200 } : skipToken }))
  const { ask, problem, waiting } = readHostFilter(filter, teams.data?.items)
  const found = useInfiniteQuery({
    ...query.catalog.hosts.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ cursor, limit: 100, ...ask }),
      ...keyset,
    }),
    placeholderData: keepPreviousData,
    enabled: ask !== undefined,
  })
  const teamNames = (teams.data?.items ?? []).map(({ name }) => name)
  if (problem) return { teamNames, problem, rows: [] }
  // Without its team the list is not asked for: that the team could not be read is what there is to say.
  if (waiting) return { teamNames, rows: undefined, source: teams }
  return { teamNames, rows: rowsOf(found.data), source: found }
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
  const phone = useIsPhone()
  const hosts = useHosts(filter)
  const mayAdd = useMay('host.write') !== undefined
  const add = mayAdd && <Act label="New host" k="c" kind="primary" run={() => setAdding(true)} />
  return (
    <Page
      title="Hosts"
      fill={!phone}
      chips={
        <>
          <CatalogLists shown="hosts" />
          <span className="faint">
            {hosts.rows && !hosts.problem ? counted(hosts.rows.length, 'host') : ''}
            {hosts.source?.hasNextPage ? ' and more' : ''}
          </span>
        </>
      }
      acts={add}
    >
      <FilterBar
        label="Filter the hosts"
        value={filter}
        onChange={setFilter}
        fields={[
          { name: 'env', values: environments },
          { name: 'team', values: hosts.teamNames },
        ]}
      />
      <Panel label="Hosts" fill={!phone}>
        <DataTable
          label="Hosts"
          rows={hosts.rows}
          rowId={(row) => row.id}
          columns={columns}
          to={(row) => paths.host(row.id)}
          {...(hosts.source && { source: hosts.source })}
          empty={
            hosts.problem ? (
              <Empty title="This filter cannot be listed.">{hosts.problem}</Empty>
            ) : filter ? (
              <Empty title="No host matches the filter.">
                Take a part of it away, or look for another name or site.
              </Empty>
            ) : (
              <Empty title="No hosts yet." act={add}>
                A host is a machine that services run on. An alert that names only the host finds the one service that
                runs on it, and so whom to call.
              </Empty>
            )
          }
          phone={(row) => (
            <TwoLine
              title={<code>{row.name}</code>}
              urgent={<span className="faint">{row.environment}</span>}
              words={row.services.length > 0 ? fewNames(row.services) : 'runs nothing'}
              end={row.site && <span className="faint">{row.site}</span>}
            />
          )}
        />
      </Panel>
      <HostForm opened={adding} onClose={() => setAdding(false)} />
    </Page>
  )
}
