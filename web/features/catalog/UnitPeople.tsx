import { skipToken, useInfiniteQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { keyset, rowsOf } from '../../ui/list.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { counted, type Unit } from './words.ts'

/** Who works there, of those who have an account. */
export function UnitPeople({ unit }: { unit: Unit }) {
  const may = useMay('people.read') !== undefined
  const people = useInfiniteQuery(
    query.catalog.businessUnits.people.infiniteOptions({
      input: may ? (cursor: string | undefined) => ({ id: unit.id, cursor, limit: 100 }) : skipToken,
      ...keyset,
    }),
  )
  if (!may) return null
  const rows = rowsOf(people.data)
  return (
    <Panel
      title="Who works there"
      words={
        rows && rows.length > 0
          ? `${counted(rows.length, 'account')}${people.hasNextPage ? ' and more' : ''}`
          : undefined
      }
    >
      <DataTable
        label={`Who works in ${unit.name}`}
        flow
        keys={false}
        rows={rows}
        rowId={(row) => row.id}
        to={(row) => paths.person(row.id)}
        source={people}
        columns={[
          { title: 'Name', main: true, cell: (row) => <span className="strong">{row.name}</span> },
          { title: 'Mail', width: 260, faint: true, cell: (row) => row.email },
        ]}
        empty={
          <Empty title="Nobody with an account is known to work there.">
            An administrator says on a person's page in which business units that person works.
          </Empty>
        }
        phone={(row) => <TwoLine title={row.name} words={row.email} />}
      />
    </Panel>
  )
}
