import type { ReactNode } from 'react'
import { Act } from '../../ui/Act.tsx'
import { DataTable, type DataTableProps } from '../../ui/DataTable.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import type { FilterField } from '../../ui/filter.ts'
import { useIsPhone } from '../../ui/list.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { CatalogLists } from './CatalogLists.tsx'
import { counted } from './words.ts'

type Props<Row> = Omit<DataTableProps<Row>, 'label' | 'rowId' | 'empty'> & {
  shown: 'services' | 'hosts' | 'units'
  title: string
  /** One of them: 'host'. */
  one: string
  filter: string
  setFilter: (filter: string) => void
  fields: readonly FilterField[]
  /** Why the filter cannot be listed. */
  problem?: string | undefined
  /** Looked for as well: 'name or site'. */
  by: string
  /** What they are, for whoever has none. */
  about: string
  /** Opens the form of a new one; undefined for those who may not. */
  add: (() => void) | undefined
  acts?: ReactNode
  form: ReactNode
}

/** A list of the catalogue: its filter, its rows, and what there is to say when there are none. */
export function CatalogPage<Row extends { id: string }>(props: Props<Row>) {
  const { shown, title, one, filter, setFilter, fields, problem, by, about, add, acts, form, ...table } = props
  const phone = useIsPhone()
  const label = title.toLowerCase()
  const create = add && <Act label={`New ${one}`} k="c" kind="primary" run={add} />
  const isNew = table.rows?.length === 0 && !filter && !problem
  return (
    <Page
      title={title}
      fill={!phone}
      chips={
        <>
          <CatalogLists shown={shown} />
          <span className="faint">
            {table.rows && !problem ? counted(table.rows.length, one) : ''}
            {table.source?.hasNextPage ? ' and more' : ''}
          </span>
        </>
      }
      acts={
        <>
          {acts}
          {!isNew && create}
        </>
      }
    >
      <FilterBar label={`Filter the ${label}`} value={filter} onChange={setFilter} fields={fields} />
      <Panel label={title} fill={!phone}>
        <DataTable
          {...table}
          label={title}
          rowId={(row: Row) => row.id}
          empty={
            problem ? (
              <Empty title="This filter cannot be listed.">{problem}</Empty>
            ) : filter ? (
              <Empty title={`No ${one} matches the filter.`}>Take a part of it away, or look for another {by}.</Empty>
            ) : (
              <Empty title={`No ${label} yet.`} act={create}>
                {about}
              </Empty>
            )
          }
        />
      </Panel>
      {form}
    </Page>
  )
}
