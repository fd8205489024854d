import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { useSearchText } from '../../parts/use-search-text.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { keyset, rowsOf, useIsPhone } from '../../ui/list.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { CatalogLists } from './CatalogLists.tsx'
import { UnitForm } from './UnitForm.tsx'
import { counted, type UnitRow } from './words.ts'

const columns: readonly Column<UnitRow>[] = [
  { title: 'Business unit', main: true, cell: (row) => <span className="strong">{row.name}</span> },
  { title: 'Site', width: 180, faint: true, cell: (row) => row.site },
  {
    title: 'People',
    width: 84,
    align: 'right',
    cell: (row) => row.people?.toLocaleString('en-GB') ?? <span className="faint">–</span>,
  },
  {
    title: 'Services',
    width: 84,
    align: 'right',
    cell: (row) => row.services || <span className="faint">–</span>,
  },
]

/** Who is hurt when a service is: desks, branches, operations teams. */
export function BusinessUnits() {
  const [filter, setFilter] = useSearchText('filter')
  const [adding, setAdding] = useState(false)
  const phone = useIsPhone()
  const units = useInfiniteQuery({
    ...query.catalog.businessUnits.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        cursor,
        limit: 100,
        search: filter.replaceAll('"', '').trim().slice(0, 100) || undefined,
      }),
      ...keyset,
    }),
    placeholderData: keepPreviousData,
  })
  const rows = rowsOf(units.data)
  // They belong to no team.
  const mayAdd = useMay('service.write') === 'all'
  const add = mayAdd && <Act label="New business unit" k="c" kind="primary" run={() => setAdding(true)} />
  return (
    <Page
      title="Business units"
      fill={!phone}
      chips={
        <>
          <CatalogLists shown="units" />
          <span className="faint">
            {rows ? counted(rows.length, 'business unit') : ''}
            {units.hasNextPage ? ' and more' : ''}
          </span>
        </>
      }
      acts={add}
    >
      <FilterBar label="Filter the business units" value={filter} onChange={setFilter} fields={[]} />
      <Panel label="Business units" fill={!phone}>
        <DataTable
          label="Business units"
          rows={rows}
          rowId={(row) => row.id}
          columns={columns}
          to={(row) => paths.businessUnit(row.id)}
          source={units}
          empty={
            filter ? (
              <Empty title="No business unit matches the filter.">
                Take a part of it away, or look for another name or site.
              </Empty>
            ) : (
              <Empty title="No business units yet." act={add}>
                A business unit is who uses the services: a trading desk, a branch, an operations team. How many are
                hurt decides how large an impact is.
              </Empty>
            )
          }
          phone={(row) => (
            <TwoLine
              title={row.name}
              urgent={row.people !== null && <span className="faint">{counted(row.people, 'person', 'people')}</span>}
              words={row.site || 'no site'}
              end={<span className="faint">{counted(row.services, 'service')}</span>}
            />
          )}
        />
      </Panel>
      <UnitForm opened={adding} onClose={() => setAdding(false)} />
    </Page>
  )
}
