import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { urgentWords, useUrgent } from '../../parts/incidents.ts'
import { useSearchText } from '../../parts/use-search-text.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import type { Column } from '../../ui/DataTable.tsx'
import { keyset } from '../../ui/list.ts'
import { Strip } from '../../ui/Strip.tsx'
import { Lasting } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { CatalogPage } from './CatalogPage.tsx'
import { cellsOf, type HealthOf, healthRank, useHealth } from './data.ts'
import { HealthMark } from './HealthMark.tsx'
import { ServiceForm } from './ServiceForm.tsx'
import { listed, useCatalogFilter } from './use-filter.ts'
import { environments, type ServiceRow } from './words.ts'

const kinds = ['business', 'technical'] as const
const known = { tier: ['1', '2', '3', '4'], kind: kinds, env: environments, archived: ['yes', 'no'] } as const

/** The services that a filter such as 'tier:1 team:"L2 markets" order' means, or why it means none. */
const useServices = (filter: string) => {
  const { ask, problem, waiting, teams, names } = useCatalogFilter(filter, known)
  const { env, tier, ...rest } = ask ?? {}
  const found = useInfiniteQuery({
    ...query.catalog.services.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        cursor,
        limit: 200,
        ...rest,
        ...(tier && { tier: Number(tier) }),
        ...(env && { environment: env }),
      }),
      ...keyset,
    }),
    placeholderData: keepPreviousData,
    enabled: ask !== undefined,
  })
  return { names, ...listed({ problem, waiting, teams, found }) }
}

/** The worst first, then the most critical; only when all are here, because a list must not jump while it grows. */
const sorted = (
  rows: readonly ServiceRow[],
  health: HealthOf | undefined,
  urgent: ReadonlyMap<string, number>,
): readonly ServiceRow[] => {
  if (!health) return rows
  const rank = ({ id }: ServiceRow) => {
    const of = health.of(id)
    return healthRank(of && urgentWords(of, urgent) ? 'degraded' : of?.state)
  }
  return rows.toSorted((a, b) => rank(a) - rank(b) || a.tier - b.tier || a.name.localeCompare(b.name))
}

const columnsOf = (health: HealthOf | undefined): readonly Column<ServiceRow>[] => [
  ...(health ? [{ title: 'Now', width: 116, cell: (row: ServiceRow) => <HealthMark of={health.of(row.id)} /> }] : []),
  {
    title: 'Service',
    main: true,
    cell: (row) => (
      <>
        <span className="strong">{row.name}</span> <span className="faint">{row.kind}</span>
      </>
    ),
  },
  ...(health
    ? [
        {
          title: 'Last 24 hours',
          width: 250,
          from: 900,
          cell: (row: ServiceRow) => {
            const of = health.of(row.id)
            return of && <Strip label={`${row.name}, last 24 hours`} cells={cellsOf(of.strip, health.from)} />
          },
        },
        {
          title: 'For',
          width: 76,
          align: 'right' as const,
          faint: true,
          from: 720,
          cell: (row: ServiceRow) => {
            const since = health.of(row.id)?.since
            return since ? <Lasting from={since} /> : ''
          },
        },
        {
          title: 'Alerts',
          width: 56,
          align: 'right' as const,
          from: 640,
          cell: (row: ServiceRow) => health.of(row.id)?.firing || <span className="faint">–</span>,
        },
      ]
    : []),
  { title: 'Tier', width: 48, align: 'right', cell: (row) => row.tier },
  {
    title: 'Owner',
    width: 190,
    from: 560,
    cell: (row) => row.ownerTeam?.name ?? <span className="faint">nobody</span>,
  },
  { title: 'Runs in', width: 110, faint: true, from: 800, cell: (row) => row.environments.join(', ') },
]

/** What is supported, with its health. */
export function Services() {
  const [filter, setFilter] = useSearchText('filter')
  const [adding, setAdding] = useState(false)
  const services = useServices(filter)
  const health = useHealth()
  const urgent = useUrgent()
  const mayAdd = useMay('service.write') !== undefined
  const mayMap = useMay('host.read') !== undefined
  const navigate = useNavigate()
  const rows = services.rows && !services.source?.hasNextPage ? sorted(services.rows, health, urgent) : services.rows
  const columns = useMemo(() => columnsOf(health), [health])
  return (
    <CatalogPage
      shown="services"
      title="Services"
      one="service"
      filter={filter}
      setFilter={setFilter}
      fields={[
        { name: 'tier', values: known.tier },
        { name: 'kind', values: kinds },
        { name: 'team', values: services.names },
        { name: 'env', values: environments },
        { name: 'archived', values: ['yes'] },
      ]}
      rows={rows}
      problem={services.problem}
      source={services.source}
      columns={columns}
      choose="services"
      to={(row) => paths.service(row.id)}
      tone={(row) => (health?.of(row.id)?.state === 'down' ? 'down' : undefined)}
      by="name"
      about="A service is what the business names (order entry) or what that runs on (a gateway, a database). Alerts, tickets and pages find their way by it."
      add={mayAdd ? () => setAdding(true) : undefined}
      acts={mayMap && <Act label="Map" k="m" run={() => void navigate({ to: paths.serviceMap() })} />}
      form={<ServiceForm opened={adding} onClose={() => setAdding(false)} />}
      phone={(row) => (
        <TwoLine
          title={row.name}
          urgent={<HealthMark of={health?.of(row.id)} />}
          words={row.ownerTeam?.name ?? 'no owner'}
          end={<span className="faint">tier {row.tier}</span>}
        />
      )}
    />
  )
}
