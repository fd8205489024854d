import type { ReactNode } from 'react'
import { paths } from '../../paths.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { useHealth } from './data.ts'
import { HealthMark } from './HealthMark.tsx'
import type { ServiceRef } from './words.ts'

/** Services with their health now, as a short list among other panels. */
export function ServiceTable({
  label,
  services,
  empty,
}: {
  label: string
  services: readonly ServiceRef[]
  empty: ReactNode
}) {
  const health = useHealth()
  return (
    <DataTable
      label={label}
      flow
      rows={services}
      rowId={(row) => row.id}
      to={(row) => paths.service(row.id)}
      columns={[
        ...(health
          ? [{ title: 'Now', width: 116, cell: (row: ServiceRef) => <HealthMark of={health.of(row.id)} /> }]
          : []),
        { title: 'Service', main: true, cell: (row) => <span className="strong">{row.name}</span> },
        { title: 'What it is', width: 130, faint: true, cell: (row) => `${row.kind}, tier ${row.tier}` },
      ]}
      empty={empty}
      phone={(row) => (
        <TwoLine
          title={row.name}
          urgent={<HealthMark of={health?.of(row.id)} />}
          words={`${row.kind}, tier ${row.tier}`}
        />
      )}
    />
  )
}
