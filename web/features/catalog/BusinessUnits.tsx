import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { useSearchText } from '../../parts/use-search-text.ts'
import { paths } from '../../paths.ts'
import type { Column } from '../../ui/DataTable.tsx'
import { keyset, rowsOf } from '../../ui/list.ts'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { CatalogPage } from './CatalogPage.tsx'
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
  // They belong to no team.
  const mayAdd = useMay('service.write') === 'all'
  return (
    <CatalogPage
      shown="units"
      title="Business units"
      one="business unit"
      filter={filter}
      setFilter={setFilter}
      fields={[]}
      rows={rowsOf(units.data)}
      source={units}
      columns={columns}
      to={(row) => paths.businessUnit(row.id)}
      by="name or site"
      about="A business unit is who uses the services: a trading desk, a branch, an operations team. How many are hurt decides how large an impact is."
      add={mayAdd ? () => setAdding(true) : undefined}
      form={<UnitForm opened={adding} onClose={() => setAdding(false)} />}
      phone={(row) => (
        <TwoLine
          title={row.name}
          urgent={row.people !== null && <span className="faint">{counted(row.people, 'person', 'people')}</span>}
          words={row.site || 'no site'}
          end={<span className="faint">{counted(row.services, 'service')}</span>}
        />
      )}
    />
  )
}
