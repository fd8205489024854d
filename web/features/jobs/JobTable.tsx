import type { ReactNode } from 'react'
import { paths } from '../../paths.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { Bars } from './Bars.tsx'
import type { JobRow } from './data.ts'
import { StateMark } from './StateMark.tsx'

/** Jobs among other things of a page: how they stand, what is due next, the last runs. */
export const JobTable = ({ label, rows, empty }: { label: string; rows: readonly JobRow[]; empty: ReactNode }) => (
  <DataTable
    label={label}
    flow
    keys={false}
    rows={rows}
    rowId={(row) => row.id}
    to={(row) => paths.job(row.id)}
    columns={[
      { title: 'State', width: 108, cell: (row) => <StateMark state={row.state} /> },
      { title: 'Job', main: true, cell: (row) => <span className="strong">{row.name}</span> },
      { title: 'What it says', faint: true, from: 560, cell: (row) => row.reason },
      {
        title: 'Next due',
        width: 100,
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
    empty={empty}
    phone={(row) => <TwoLine title={row.name} urgent={<StateMark state={row.state} />} words={row.reason} />}
  />
)
