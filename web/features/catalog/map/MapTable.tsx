import type { ServiceMap } from '../../../../contract/catalog/map.ts'
import { paths } from '../../../paths.ts'
import { type Column, DataTable } from '../../../ui/DataTable.tsx'
import { TwoLine } from '../../../ui/TwoLine.tsx'
import { type HealthOf, healthRank } from '../data.ts'
import { HealthMark } from '../HealthMark.tsx'

type Row = ServiceMap['services'][number] & { hurtBy: string; needs: string; neededBy: string }

const none = <span className="faint">–</span>

/** What the picture shows, as rows: the worst first. */
export function MapTable({
  map,
  hurt,
  health,
}: {
  map: ServiceMap
  hurt: ReadonlyMap<string, readonly string[]>
  health: HealthOf | undefined
}) {
  const names = new Map(map.services.map(({ id, name }) => [id, name]))
  const said = (ids: readonly string[]) => ids.map((id) => names.get(id) ?? '').join(', ')
  const rank = (id: string) => Math.min(healthRank(health?.of(id)?.state), hurt.has(id) ? 1.5 : 9)
  const rows: Row[] = map.services
    .map((service) => ({
      ...service,
      hurtBy: said(hurt.get(service.id) ?? []),
      needs: said(map.edges.filter(({ from }) => from === service.id).map(({ to }) => to)),
      neededBy: said(map.edges.filter(({ to }) => to === service.id).map(({ from }) => from)),
    }))
    .toSorted((a, b) => rank(a.id) - rank(b.id) || a.tier - b.tier || a.name.localeCompare(b.name))
  const columns: readonly Column<Row>[] = [
    ...(health ? [{ title: 'Now', width: 104, cell: (row: Row) => <HealthMark of={health.of(row.id)} /> }] : []),
    { title: 'Service', main: true, width: 190, cell: (row) => <span className="strong">{row.name}</span> },
    { title: 'Tier', width: 48, align: 'right', cell: (row) => row.tier },
    { title: 'Hurt by', width: 170, from: 700, cell: (row) => row.hurtBy || none },
    { title: 'Needs', faint: true, cell: (row) => <span title={row.needs}>{row.needs || none}</span> },
    { title: 'Needed by', faint: true, cell: (row) => <span title={row.neededBy}>{row.neededBy || none}</span> },
  ]
  return (
    <DataTable
      label="What needs what"
      rows={rows}
      rowId={({ id }) => id}
      columns={columns}
      to={({ id }) => paths.service(id)}
      tone={({ id }) => (health?.of(id)?.state === 'down' ? 'down' : undefined)}
      empty={null}
      phone={(row) => (
        <TwoLine
          title={row.name}
          urgent={<HealthMark of={health?.of(row.id)} />}
          words={row.hurtBy ? `hurt by ${row.hurtBy}` : row.needs ? `needs ${row.needs}` : 'needs nothing here'}
          end={<span className="faint">tier {row.tier}</span>}
        />
      )}
    />
  )
}
